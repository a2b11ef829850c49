package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsolatedGeneratorTest {

  private static final String DEFINITIONS = "com.acme.Definitions$";

  private static Map<String, Object> response(Map<String, Object> request) {
    return new IsolatedGenerator().apply(request);
  }

  private static Map<String, Object> response(String... definitions) {
    return response(
        Map.of(
            "classNames",
            Arrays.stream(definitions).map(name -> DEFINITIONS + name).toList(),
            "istioVersion",
            "",
            "layout",
            ""));
  }

  private static Map<String, Object> on(String version, String definition) {
    return response(
        Map.of("classNames", List.of(DEFINITIONS + definition), "istioVersion", version));
  }

  private static List<?> list(Map<?, ?> response, String key) {
    return (List<?>) Objects.requireNonNull(response.get(key));
  }

  private static Map<?, ?> files(Map<?, ?> response) {
    return (Map<?, ?>) Objects.requireNonNull(response.get("files"));
  }

  /** The line of the definitions' source that ends in a comment. */
  private static String place(String definition, String method, String comment) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/test/java/com/acme/Definitions.java"));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith("// " + comment)) {
        return DEFINITIONS + definition + "." + method + "(Definitions.java:" + (i + 1) + ")";
      }
    }
    throw new AssertionError(comment);
  }

  private static void refused(String definition, String message) {
    Map<String, Object> response = response(definition);
    assertThat(list(response, "errors"))
        .singleElement()
        .isEqualTo("definition " + DEFINITIONS + definition + message);
    assertThat(list(response, "definitions")).isEmpty();
    assertThat(files(response)).isEmpty();
  }

  @Test
  void theAnswerIsMadeOfTheJdksTypesAlone() {
    Map<String, Object> response = response("CnnEgress");
    assertThat(response.keySet())
        .containsExactly("definitions", "files", "others", "inputs", "errors", "version");
    assertThat(list(response, "errors")).isEmpty();
    assertThat(response.get("files")).isInstanceOf(SortedMap.class);
    assertThat(response.get("version")).isEqualTo("unreleased");
    Map<?, ?> definition = (Map<?, ?>) list(response, "definitions").get(0);
    assertThat(definition.keySet().stream().map(Object::toString))
        .containsExactly(
            "name", "className", "resources", "traced", "calls", "findings", "tenants", "homes");
    assertThat(definition.get("name")).isEqualTo("cnn");
    assertThat(definition.get("className")).isEqualTo(DEFINITIONS + "CnnEgress");
    assertThat(definition.get("resources")).isEqualTo(6);
    assertThat(list(definition, "calls"))
        .allSatisfy(call -> assertThat(((Map<?, ?>) call).get("ok")).isEqualTo(true))
        .extracting(call -> String.valueOf(((Map<?, ?>) call).get("line")))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("http://edition.cnn.com:80 from shop")
                    .contains("via-gateway"),
            line ->
                assertThat(line)
                    .startsWith("https://edition.cnn.com:443 from shop")
                    .contains("direct"));
    response.values().forEach(IsolatedGeneratorTest::ofTheJdk);
  }

  @Test
  void aFleetTellsOfItsTenantsAndOfWhichNamespaceAFileIs() {
    Map<?, ?> fleet = (Map<?, ?>) list(response("ShopsFleet"), "definitions").get(0);
    assertThat(fleet.get("tenants"))
        .isEqualTo(
            List.of(
                Map.of("name", "cart", "namespace", "cart", "ring", "canary"),
                Map.of("name", "shop", "namespace", "shop", "ring", "")));
    String folder = String.valueOf(fleet.get("name"));
    assertThat(fleet.get("homes"))
        .isEqualTo(
            Map.of(
                folder + "/cart.yaml",
                List.of("cart"),
                folder + "/shop.yaml",
                List.of("shop"),
                folder + "/istio-system.yaml",
                List.of("istio-system")));
  }

  private static void ofTheJdk(Object value) {
    assertThat(value.getClass().getName()).startsWith("java.");
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, held) -> {
            ofTheJdk(key);
            ofTheJdk(held);
          });
    } else if (value instanceof List<?> list) {
      list.forEach(IsolatedGeneratorTest::ofTheJdk);
    }
  }

  @Test
  void filesAreTextsByPath() {
    Map<?, ?> files = files(response("CnnEgress"));
    assertThat(files.keySet().stream().map(Object::toString)).containsExactly("cnn/shop.yaml");
    assertThat(String.valueOf(files.get("cnn/shop.yaml")))
        .startsWith("apiVersion: v1\nkind: Namespace\n")
        .endsWith("\n")
        .doesNotContain("\r");
  }

  @Test
  void anInstallationLiesInAFolderOfItsOwn() {
    assertThat(files(response("OldEgress")).keySet().stream().map(Object::toString))
        .containsExactly("old/install/istio-operator.yaml", "old/shop.yaml");
  }

  @Test
  void severalDefinitionsAreOneAnswer() {
    Map<String, Object> response = response("OldEgress", "CnnEgress");
    assertThat(list(response, "definitions"))
        .extracting(one -> ((Map<?, ?>) one).get("name"))
        .isEqualTo(List.of("old", "cnn"));
    assertThat(files(response)).hasSize(3);
  }

  @Test
  void askingTwiceGivesTheSame() {
    assertThat(response("CnnEgress", "OldEgress")).isEqualTo(response("CnnEgress", "OldEgress"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Plain", "BaseEgress", "TeamEgress", "Missing", "CnnEgress$Inner"})
  void whatIsNoDefinitionIsPassedOver(String other) {
    Map<String, Object> response = response(other, "CnnEgress");
    assertThat(list(response, "errors")).isEmpty();
    assertThat(list(response, "definitions")).hasSize(1);
  }

  @Test
  void withoutDefinitionsNothingIsMade() {
    Map<String, Object> response = response(new HashMap<>());
    assertThat(list(response, "errors")).isEmpty();
    assertThat(list(response, "definitions")).isEmpty();
    assertThat(files(response)).isEmpty();
  }

  @Test
  void aDefinitionNeedsNoPublicConstructor() {
    Map<String, Object> response = response("HiddenEgress");
    assertThat(list(response, "errors")).isEmpty();
    assertThat(files(response)).hasSize(1);
  }

  @Test
  void aDefinitionThatThrowsIsNamedWithItsLine() throws IOException {
    refused(
        "FailingEgress",
        " at "
            + place("FailingEgress", "define", "failing")
            + ": it threw java.lang.IllegalStateException: no file of tenants");
  }

  @Test
  void anExceptionWithoutAMessageIsNamed() throws IOException {
    refused(
        "SilentEgress",
        " at "
            + place("SilentEgress", "define", "silent")
            + ": it threw java.lang.UnsupportedOperationException");
  }

  @Test
  void aFailedAssertionIsTheDefinitionsToo() throws IOException {
    refused(
        "AssertingEgress",
        " at "
            + place("AssertingEgress", "define", "asserting")
            + ": it threw java.lang.AssertionError: tenants are sorted");
  }

  @Test
  void aDefinitionThatNeverEndsIsStopped() throws IOException {
    refused(
        "EndlessEgress",
        " at "
            + place("EndlessEgress", "define", "endless")
            + ": it threw java.lang.StackOverflowError");
  }

  @Test
  void aMisspeltHostIsNamedWithItsLineInTheLanguagesWords() throws IOException {
    refused(
        "MisspeltEgress",
        " at "
            + place("MisspeltEgress", "define", "misspelt")
            + ": host 'https://edition.cnn.com' has a scheme: write the host alone:"
            + " edition.cnn.com");
  }

  @Test
  void aPortOutOfRangeIsNamedWithItsLine() throws IOException {
    refused(
        "OutOfRangeEgress",
        " at "
            + place("OutOfRangeEgress", "define", "out of range")
            + ": port 70000 is out of range: use 1 to 65535");
  }

  @Test
  void aContradictionIsNamedWithBothLines() {
    assertThat(list(response("ContradictingEgress"), "errors"))
        .singleElement()
        .asString()
        .startsWith("definition " + DEFINITIONS + "ContradictingEgress at ")
        .containsPattern(
            "http\\(80\\)\\.via\\(istio-system/istio-egressgateway\\) at"
                + " com\\.acme\\.Definitions\\$ContradictingEgress\\(Definitions\\.java:\\d+\\) and")
        .containsPattern(
            "http\\(80\\)\\.direct\\(\\) at"
                + " com\\.acme\\.Definitions\\$ContradictingEgress\\(Definitions\\.java:\\d+\\)"
                + " contradict each other on port 80");
  }

  @Test
  void anEmptyPlanIsNamedWithItsLineAndWhatIsMissing() throws IOException {
    refused(
        "EmptyEgress",
        ": the plan at "
            + place("EmptyEgress", "define", "empty plan").replace(".define(", "(")
            + " says nothing: give it a namespace with sentences, as in"
            + " EgressPlan.on(mesh).namespace(MeshNamespace.named(\"shop\"),"
            + " Egress.to(\"edition.cnn.com\").port(80).via(gateway))");
  }

  @Test
  void nullIsNoPlan() {
    refused("NullEgress", " answers null to define(): return a plan");
  }

  @Test
  void nullIsNoName() {
    assertThat(list(response("NamelessEgress"), "errors"))
        .singleElement()
        .asString()
        .startsWith("definition " + DEFINITIONS + "NamelessEgress answers null to name()");
  }

  @Test
  void aNameIsAFolder() {
    refused(
        "BadlyNamedEgress",
        " is named '../Cnn News': a folder's name has lower-case letters, digits and dashes");
  }

  @Test
  void twoDefinitionsHaveTwoNames() {
    Map<String, Object> response = response("CnnEgress", "CnnDefinition");
    assertThat(list(response, "errors"))
        .singleElement()
        .isEqualTo(
            "definitions com.acme.Definitions$CnnEgress and com.acme.Definitions$CnnDefinition are"
                + " both named 'cnn': override name() in one of them");
    assertThat(files(response)).isEmpty();
  }

  @Test
  void aDefinitionIsMadeWithoutArguments() {
    refused("NeedyEgress", " has no constructor without parameters: give it one");
    refused("EnumEgress", " has no constructor without parameters: give it one");
  }

  @Test
  void aConstructorThatThrowsIsNamedWithItsLine() throws IOException {
    refused(
        "UnmadeEgress",
        " at "
            + place("UnmadeEgress", "<init>", "unmade")
            + ": it threw java.lang.IllegalStateException: no tenants");
  }

  @Test
  void aStaticFieldThatThrowsIsNamedWithItsLine() throws IOException {
    refused(
        "UnloadedEgress",
        " at "
            + place("UnloadedEgress", "<clinit>", "unloaded")
            + ": it threw java.lang.NumberFormatException: For input string: \"many\"");
  }

  @Test
  void everyBadDefinitionIsReportedAndNothingIsWritten() {
    Map<String, Object> response =
        response("FailingEgress", "CnnEgress", "NullEgress", "EmptyEgress");
    assertThat(list(response, "errors")).hasSize(3);
    assertThat(files(response)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.21,v1beta1", "1.22,v1", "1.7,v1alpha3", "1.30.2,v1"})
  void theReleaseMayBeAnother(String version, String api) {
    assertThat(String.valueOf(files(on(version, "CnnEgress")).get("cnn/shop.yaml")))
        .contains("apiVersion: networking.istio.io/" + api + "\n");
  }

  @Test
  void aReleaseWithoutAddonsIsRefusedForADefinitionWithThem() {
    assertThat(list(on("1.31", "OldEgress"), "errors"))
        .singleElement()
        .isEqualTo(
            "definition com.acme.Definitions$OldEgress: Istio 1.31 installs no addons ([KIALI]):"
                + " addonComponents ended with 1.7; install them from Istio's samples/addons");
    assertThat(list(on("1.7", "OldEgress"), "errors")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          latest | Istio version 'latest' is not of the form 1.31: name major and minor
          1.6    | Istio version 1.6 is not known: targets are 1.7 to 1.31
          1.32   | Istio version 1.32 is not known: targets are 1.7 to 1.31
          """)
  void anUnknownReleaseIsRefused(String version, String message) {
    Map<String, Object> response = on(version, "CnnEgress");
    assertThat(list(response, "errors")).singleElement().isEqualTo(message);
    assertThat(files(response)).isEmpty();
  }

  @Test
  void theUsualLayoutMayBeNamed() {
    List<String> names = List.of(DEFINITIONS + "CnnEgress");
    assertThat(response(Map.of("classNames", names, "layout", "namespace")))
        .isEqualTo(response("CnnEgress"));
    assertThat(list(response(Map.of("classNames", names, "layout", "none")), "errors"))
        .singleElement()
        .asString()
        .startsWith("There is no output layout 'none': choose one of [namespace, tenant, ");
  }

  @Test
  void aToolThatFetchesFromGitIsToldWhere() {
    List<String> names = List.of(DEFINITIONS + "CnnEgress");
    assertThat(list(response(Map.of("classNames", names, "layout", "flux")), "errors"))
        .singleElement()
        .asString()
        .contains("set istio-egress.gitRepository to");
    Map<?, ?> files =
        files(
            response(
                Map.of(
                    "classNames",
                    names,
                    "layout",
                    "flux",
                    "gitRepository",
                    "https://git.acme.example/egress.git",
                    "gitBranch",
                    "release",
                    "gitFolder",
                    "mesh/manifests")));
    assertThat(files.keySet().stream().filter(path -> path.toString().endsWith("/flux/sync.yaml")))
        .singleElement()
        .extracting(files::get)
        .asString()
        .contains(
            "url: https://git.acme.example/egress.git", "branch: release", "./mesh/manifests/");
  }
}
