package io.github.istioegress;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Which package may see which, as one table, and what nobody may do. */
class ArchitectureTest {

  private static final String ROOT = "io.github.istioegress.";

  private static final String FABRIC8 = "io.fabric8.";
  private static final String JACKSON = "com.fasterxml.jackson.";
  private static final String SNAKEYAML = "org.yaml.snakeyaml.";
  private static final String DIFF_UTILS = "com.github.difflib.";

  /** The families of findings, which know nothing of each other. */
  private static final List<String> FAMILIES =
      List.of(
          "reference",
          "protocol",
          "routing",
          "exposure",
          "tenancy",
          "host",
          "hygiene",
          "gatewayapi");

  /** Every package, and all it may see beside itself, the JDK and the marks of nullness. */
  private static final Map<String, List<String>> ALLOWED = new LinkedHashMap<>();

  static {
    ALLOWED.put("mesh", List.of());
    ALLOWED.put("finding", List.of());
    ALLOWED.put("resource", List.of(FABRIC8));
    ALLOWED.put("intent", List.of("mesh"));
    ALLOWED.put("dsl", List.of("intent", "mesh"));
    ALLOWED.put("expansion.names", List.of("intent"));
    ALLOWED.put("expansion.settings", List.of("expansion.names", "intent", FABRIC8));
    for (String flavour : List.of("istioapi", "gatewayapi", "ambient")) {
      ALLOWED.put(
          "expansion." + flavour,
          List.of("expansion.names", "expansion.settings", "intent", "mesh", "resource", FABRIC8));
    }
    ALLOWED.put("expansion.install", List.of("intent", "mesh", "resource", FABRIC8));
    ALLOWED.put("expansion.admission", List.of("intent", FABRIC8));
    ALLOWED.put("expansion.network", List.of("intent", "mesh", FABRIC8));
    ALLOWED.put(
        "expansion",
        List.of(
            "expansion.admission",
            "expansion.ambient",
            "expansion.istioapi",
            "expansion.gatewayapi",
            "expansion.install",
            "expansion.network",
            "intent",
            "mesh",
            "resource",
            FABRIC8));
    ALLOWED.put("manifest", List.of("resource", "finding", FABRIC8, JACKSON, SNAKEYAML));
    ALLOWED.put("fleet", List.of("dsl", "intent", "manifest", "mesh"));
    ALLOWED.put("layout", List.of("resource", "manifest", "finding", FABRIC8, DIFF_UTILS));
    ALLOWED.put(
        "importer",
        List.of(
            "expansion",
            "expansion.names",
            "finding",
            "intent",
            "manifest",
            "mesh",
            "resource",
            FABRIC8));
    ALLOWED.put("trace.registry", List.of("resource", "mesh", FABRIC8));
    ALLOWED.put("trace.gatewayapi", List.of("trace.registry", "resource", "mesh", FABRIC8));
    ALLOWED.put("trace.envoy", List.of("trace.registry", "resource", "mesh", FABRIC8));
    ALLOWED.put(
        "trace.ambient",
        List.of("trace.envoy", "trace.gatewayapi", "trace.registry", "resource", "mesh", FABRIC8));
    ALLOWED.put(
        "trace.policy", List.of("trace.envoy", "trace.registry", "resource", "mesh", FABRIC8));
    ALLOWED.put("trace.network", List.of("trace.envoy", "trace.registry", "resource", FABRIC8));
    ALLOWED.put(
        "trace",
        List.of(
            "trace.network",
            "trace.policy",
            "trace.ambient",
            "trace.envoy",
            "trace.gatewayapi",
            "trace.registry",
            "resource",
            "mesh",
            FABRIC8));
    ALLOWED.put("reach", List.of("trace", "trace.envoy", "trace.registry", "resource", FABRIC8));
    ALLOWED.put(
        "page", List.of("reach", "trace", "trace.envoy", "trace.registry", "resource", "mesh"));
    ALLOWED.put(
        "analysis.context",
        List.of(
            "finding",
            "mesh",
            "resource",
            "reach",
            "trace",
            "trace.ambient",
            "trace.envoy",
            "trace.network",
            "trace.policy",
            "trace.registry",
            FABRIC8));
    for (String family : FAMILIES) {
      ALLOWED.put(
          "analysis." + family,
          List.of(
              "analysis.context",
              "finding",
              "mesh",
              "resource",
              "reach",
              "trace",
              "trace.ambient",
              "trace.envoy",
              "trace.gatewayapi",
              "trace.network",
              "trace.policy",
              "trace.registry",
              FABRIC8));
    }
    ALLOWED.put("analysis.report", List.of("finding", "manifest"));
    ALLOWED.put(
        "analysis",
        Stream.concat(
                Stream.of("analysis.context", "finding", "resource", FABRIC8),
                FAMILIES.stream().map("analysis."::concat))
            .toList());
    ALLOWED.put(
        "generator",
        List.of(
            "analysis",
            "analysis.context",
            "analysis.report",
            "dsl",
            "fleet",
            "intent",
            "mesh",
            "resource",
            "finding",
            "expansion",
            "manifest",
            "layout",
            "page",
            "trace",
            "trace.envoy",
            "trace.registry",
            "reach",
            FABRIC8));
  }

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages(ROOT.substring(0, ROOT.length() - 1));

  @Test
  void everyPackageSeesOnlyWhatTheTableAllows() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : MAIN) {
      List<String> allowed = ALLOWED.get(room(type.getPackageName()));
      assertThat(allowed)
          .as("%s lies in a package that the table lacks", type.getName())
          .isNotNull();
      type.getDirectDependenciesFromSelf().stream()
          .filter(dependency -> !mayBeSeen(allowed, type, target(dependency.getTargetClass())))
          .forEach(dependency -> wrong.add(dependency.getDescription()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theTableNamesNoPackageThatIsGone() {
    assertThat(MAIN.stream().map(type -> room(type.getPackageName())).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
  }

  @Test
  void theTableItselfHasNoUpArrow() {
    // Rows stand in the order of the floors, so a row may only name rows above it.
    Set<String> above = new TreeSet<>();
    ALLOWED.forEach(
        (room, allowed) -> {
          assertThat(allowed.stream().filter(ALLOWED::containsKey)).as(room).isSubsetOf(above);
          above.add(room);
        });
  }

  @Test
  void packagesFormNoCycleAtAnyDepth() {
    slices().matching("io.github.istioegress.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void jacksonStaysInManifest() {
    noClasses()
        .that(not(resideInAPackage(ROOT + "manifest")))
        .should()
        .dependOnClassesThat(resideInAPackage(JACKSON + "."))
        .check(MAIN);
  }

  @Test
  void noFabric8TypeStandsInTheLanguage() {
    noClasses()
        .that(
            resideInAnyPackage(
                ROOT + "dsl", ROOT + "fleet", ROOT + "intent", ROOT + "mesh", ROOT + "finding"))
        .should()
        .dependOnClassesThat(resideInAPackage(FABRIC8 + "."))
        .check(MAIN);
  }

  @Test
  void onlyLayoutTouchesTheDiskAndOneClassReadsTenantsFromIt() {
    noClasses()
        .that(not(resideInAPackage(ROOT + "layout")))
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "fleet.TenantFiles")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Files.class, java.io.File.class, java.io.FileInputStream.class)
        .orShould()
        .dependOnClassesThat(resideInAPackage("java.nio.channels"))
        .check(MAIN);
  }

  @Test
  void nobodyAsksTheMachineAnything() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.Clock.class, "systemUTC")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(MAIN);
  }

  @Test
  void numbersAreWrittenInTheSameDigitsInEveryLanguage() throws IOException {
    // Arabic has digits of its own, and %d writes those of the machine's language; %s does not.
    for (String module : List.of("dsl", "maven-plugin")) {
      try (Stream<Path> sources = Files.walk(Path.of("..", module, "src/main/java"))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(source))
              .as("%s: write %%s instead", source)
              .doesNotContainPattern("%([0-9]\\$)?,?d");
        }
      }
    }
  }

  @Test
  void publicTypesCannotBeExtended() {
    assertThat(
            MAIN.stream()
                .filter(ArchitectureTest::isPublic)
                .filter(type -> !type.isInterface() && !type.isEnum() && !type.isRecord())
                .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
                .filter(type -> !type.reflect().isSealed())
                .map(JavaClass::getName))
        .isEmpty();
  }

  @Test
  void noPublicFieldCanBeChanged() {
    assertThat(
            MAIN.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.PRIVATE))
                .filter(field -> isPublic(field.getOwner()))
                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(
                    field ->
                        !field.getModifiers().contains(JavaModifier.STATIC)
                            || !field.getModifiers().contains(JavaModifier.FINAL))
                .map(JavaField::getFullName))
        .isEmpty();
  }

  @Test
  void publicValuesHaveOnlyFinalFields() {
    assertThat(
            MAIN.stream()
                .filter(ArchitectureTest::isPublic)
                .flatMap(type -> type.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                .map(JavaField::getFullName))
        .isEmpty();
  }

  @Test
  void nothingHasASetter() {
    assertThat(
            MAIN.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(method -> method.getName().matches("set[A-Z].*"))
                .map(JavaMethod::getFullName))
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsInOneShortSentence() throws IOException {
    Path root = Path.of("src/main/java/io/github/istioegress");
    Map<String, String> firstLines = new TreeMap<>();
    for (String room : ALLOWED.keySet()) {
      Path info = root.resolve(room.replace('.', '/')).resolve("package-info.java");
      assertThat(info).exists();
      firstLines.put(room, Files.readAllLines(info).get(0));
    }
    firstLines.forEach(
        (room, line) -> {
          assertThat(line).as(room).matches("/\\*\\* [A-Z].*\\. \\*/").doesNotContain(";");
          String sentence = line.replaceAll("^/\\*\\* | \\*/$", "");
          assertThat(sentence.length()).as(sentence).isLessThanOrEqualTo(60);
          assertThat(sentence.indexOf(". ")).as("one sentence: %s", sentence).isNegative();
        });
    assertThat(firstLines.values()).doesNotHaveDuplicates();
  }

  @Test
  void everyPackageIsNullMarked() {
    for (String room : ALLOWED.keySet()) {
      assertThat(MAIN.getPackage(ROOT + room).isAnnotatedWith(NullMarked.class)).as(room).isTrue();
    }
  }

  @Test
  void nothingLiesLooseInTheRoot() throws IOException {
    try (Stream<Path> loose = Files.list(Path.of("src/main/java/io/github/istioegress"))) {
      assertThat(loose.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void noFileIsLongerThanItsHouseAllows() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        int most = file.endsWith("Egress.java") ? 250 : 300;
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(most);
      }
    }
  }

  @Test
  void theGrammarIsReadInOneFileAndItsWordsOfOtherHostsBesideIt() {
    assertThat(
            MAIN.stream()
                .filter(type -> room(type.getPackageName()).equals("dsl"))
                .filter(ArchitectureTest::isPublic)
                .map(type -> type.getName().replaceAll("\\$.*", ""))
                .distinct())
        .containsExactlyInAnyOrder(
            ROOT + "dsl.Egress",
            ROOT + "dsl.AnyHost",
            ROOT + "dsl.AnsweredHost",
            ROOT + "dsl.EgressDefinition");
  }

  private static boolean mayBeSeen(List<String> allowed, JavaClass from, JavaClass to) {
    String seen = to.getPackageName();
    if (to.isPrimitive() || seen.startsWith("java.") || seen.startsWith("org.jspecify.")) {
      return true;
    }
    if (seen.equals(from.getPackageName())) {
      return true;
    }
    return seen.startsWith(ROOT)
        ? allowed.contains(room(seen))
        : allowed.stream().anyMatch(library -> (seen + ".").startsWith(library));
  }

  private static JavaClass target(JavaClass type) {
    return type.getBaseComponentType();
  }

  private static String room(String packageName) {
    return packageName.substring(Math.min(ROOT.length(), packageName.length()));
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isPublic).orElse(true);
  }
}
