package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Plans;
import io.github.istioegress.intent.Addon;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.layout.Delivery;
import io.github.istioegress.layout.OutputLayout;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.layout.RenderedFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.Way;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EgressGeneratorTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final MeshNamespace SHOP = MeshNamespace.named("shop").injected();

  private static EgressPlan plan() {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly());
  }

  private static GeneratedEgress generated(EgressPlan plan) {
    return new EgressGenerator(OutputLayouts.named("namespace"), Optional.empty())
        .generate("cnn", plan);
  }

  private static GeneratedEgress on(IstioVersion version, EgressPlan plan) {
    return new EgressGenerator(OutputLayouts.byDefault(), Optional.of(version))
        .generate("cnn", plan);
  }

  @ParameterizedTest
  @MethodSource("io.github.istioegress.layout.OutputLayouts#names")
  void inEveryLayoutTheSameCallsTakeTheSameWay(String name) {
    OutputLayout layout =
        OutputLayouts.named(name, new Delivery("https://git.acme.example/egress", "main", "."));
    EgressPlan plan = plan().namespace(SHOP, Egress.to("edition.cnn.com").port(80).via(GATEWAY));
    GeneratedEgress generated = new EgressGenerator(layout, Optional.empty()).generate("cnn", plan);
    assertThat(generated.calls()).singleElement().matches(DeclaredCall::isAsSaid);
    assertThat(generated.resources().all())
        .extracting(Resource::key)
        .containsExactlyElementsOf(
            generated(plan).resources().all().stream().map(Resource::key).toList());
    assertThat(generated.files().files()).allMatch(file -> file.path().startsWith("cnn/"));
  }

  @Test
  void aPlanBecomesFilesResourcesAndCalls() {
    GeneratedEgress generated =
        generated(
            plan()
                .namespace(
                    SHOP,
                    Egress.to("edition.cnn.com").port(80).via(GATEWAY),
                    Egress.to("edition.cnn.com").port(443).direct()));
    assertThat(generated.name()).isEqualTo("cnn");
    assertThat(generated.files().files())
        .extracting(RenderedFile::path)
        .containsExactly("cnn/shop.yaml");
    assertThat(generated.resources().size()).isEqualTo(6);
    assertThat(generated.calls())
        .extracting(call -> call.trace().way())
        .containsExactly(Way.VIA_GATEWAY, Way.DIRECT);
    assertThat(generated.calls()).allMatch(DeclaredCall::isAsSaid);
    assertThat(generated.calls())
        .extracting(call -> call.trace().call().url())
        .containsExactly("http://edition.cnn.com:80", "https://edition.cnn.com:443");
  }

  @Test
  void everyResourceKnowsItsFileAndLine() {
    GeneratedEgress generated =
        generated(plan().namespace(SHOP, Egress.to("edition.cnn.com").port(80).via(GATEWAY)));
    for (Resource resource : generated.resources().all()) {
      var place = resource.source().place("metadata.name").orElseThrow();
      assertThat(place.file()).isEqualTo("cnn/shop.yaml");
      String line =
          generated
              .files()
              .text("cnn/shop.yaml")
              .orElseThrow()
              .lines()
              .skip(place.line() - 1L)
              .findFirst()
              .orElseThrow();
      assertThat(line).isEqualTo("  name: " + resource.key().name());
    }
  }

  @Test
  void eachNamespaceHasAFile() {
    GeneratedEgress generated =
        generated(
            plan()
                .namespace(SHOP, Egress.to("a.example").port(80).direct())
                .namespace(MeshNamespace.named("bank"), Egress.to("b.example").port(80).direct()));
    assertThat(generated.files().files())
        .extracting(RenderedFile::path)
        .containsExactly("cnn/bank.yaml", "cnn/shop.yaml");
    assertThat(generated.calls())
        .extracting(DeclaredCall::namespace)
        .containsExactly("bank", "shop");
  }

  @Test
  void theInstallationOfTodayHasFilesForIstioctlAndForHelm() {
    EgressPlan plan =
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31).installed(IstioInstall.named("istio")))
            .namespace(SHOP, Egress.to("a.example").port(80).via(GATEWAY));
    assertThat(generated(plan).files().files())
        .extracting(RenderedFile::path)
        .containsExactly(
            "cnn/install/istio-egressgateway-values.yaml",
            "cnn/install/istio-operator.yaml",
            "cnn/install/istiod-values.yaml",
            "cnn/shop.yaml");
    assertThat(on(IstioVersion.of(1, 21), plan).files().files())
        .extracting(RenderedFile::path)
        .containsExactly("cnn/install/istio-operator.yaml", "cnn/shop.yaml");
  }

  @Test
  void anInstallationAloneIsEnough() {
    GeneratedEgress generated =
        generated(
            EgressPlan.on(Mesh.istio(IstioVersion.V1_7).installed(IstioInstall.named("istio"))));
    assertThat(generated.files().files()).hasSize(1);
    assertThat(generated.calls()).isEmpty();
  }

  @Test
  void aPlanThatSaysNothingIsRefusedWithItsLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> generated(plan()))
        .withMessageMatching(
            "the plan at io\\.github\\.istioegress\\.generator\\.EgressGeneratorTest"
                + "\\(EgressGeneratorTest\\.java:\\d+\\) says nothing: give it a namespace with"
                + " sentences, as in .*");
    assertThatIllegalArgumentException().isThrownBy(() -> generated(plan().namespace(SHOP)));
  }

  @Test
  void theTargetMayBeAnotherThanThePlans() {
    EgressPlan plan = plan().namespace(SHOP, Egress.to("a.example").port(80).direct());
    assertThat(on(IstioVersion.V1_7, plan).files().text("cnn/shop.yaml").orElseThrow())
        .contains("networking.istio.io/v1alpha3");
    assertThat(generated(plan).files().text("cnn/shop.yaml").orElseThrow())
        .contains("networking.istio.io/v1\n");
  }

  @Test
  void aTargetThatThePlanCannotHaveIsRefused() {
    EgressPlan plan =
        EgressPlan.on(
            Mesh.istio(IstioVersion.V1_7)
                .installed(IstioInstall.named("istio").addon(Addon.GRAFANA)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> on(IstioVersion.V1_31, plan))
        .withMessageStartingWith("Istio 1.31 installs no addons ([GRAFANA])");
  }

  @Test
  void aCallThatDoesNotTakeItsWayStopsTheRunWithItsLineAndTrace() {
    // Istio gives the wildcard's port the routes of hosts below it, and then no way of its own.
    EgressPlan astray =
        plan()
            .namespace(
                SHOP,
                Egress.to("a.b.example").tls(443).via(GATEWAY),
                Egress.toAnyOf("*.b.example").unresolved().tls(443).direct());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> generated(astray))
        .withMessageStartingWith(
            "Egress.toAnyOf(\"*.b.example\").unresolved().tls(443).direct() at")
        .withMessageContaining(
            " io.github.istioegress.generator.EgressGeneratorTest(EgressGeneratorTest.java:")
        .withMessageContaining(") does not take the way it says:\n")
        .withMessageContaining(".b.example:443");
  }

  @Test
  void aGatewayAmongCallersDoesNotChangeTheirWay() {
    // What the bank says of its own way is seen by the gateway, not by sidecars beside it.
    EgressGateway shops =
        EgressGateway.named("edge").in("shop").labelled("istio", "edge").port(80, 8080);
    EgressPlan plan =
        plan()
            .namespace(SHOP, Egress.to("a.example").port(80).direct())
            .namespace(MeshNamespace.named("bank"), Egress.to("a.example").port(80).via(shops));
    assertThat(generated(plan).calls()).allMatch(DeclaredCall::isAsSaid);
  }

  @Test
  void theSameCallFromTwoNamespacesTakesTwoWays() {
    GeneratedEgress generated =
        generated(
            plan()
                .namespace(SHOP, Egress.to("a.example").port(80).direct())
                .namespace(
                    MeshNamespace.named("bank"), Egress.to("a.example").port(80).via(GATEWAY)));
    assertThat(generated.calls())
        .extracting(call -> call.trace().way())
        .containsExactly(Way.VIA_GATEWAY, Way.DIRECT);
  }

  @Test
  void aHostOfWhichTheGatewayLearnsOnlySomePortsIsRefusedRatherThanBroken() {
    // The gateway takes one namespace's ServiceEntry of a host and misses the other's ports.
    EgressPlan plan =
        plan()
            .namespace(SHOP, Egress.to("a.example").port(443).via(GATEWAY))
            .namespace(MeshNamespace.named("bank"), Egress.to("a.example").port(80).via(GATEWAY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> generated(plan))
        .withMessageContaining("does not take the way it says")
        .withMessageContaining("it has no cluster outbound|443||a.example");
  }

  @Test
  void theListOfCallsCannotBeChanged() {
    GeneratedEgress generated =
        generated(plan().namespace(SHOP, Egress.to("a.example").port(80).direct()));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> generated.calls().clear());
  }

  @Provide
  Arbitrary<Plans.Sentences> oneNamespace() {
    return Plans.any("shop");
  }

  @Provide
  Arbitrary<Plans.Sentences> twoNamespaces() {
    return Plans.any("shop", "bank");
  }

  @Property(tries = 100)
  void everyDeclaredCallTakesTheWayItsSentenceSays(@ForAll("oneNamespace") Plans.Sentences said) {
    List<DeclaredCall> calls = generated(said.plan()).calls();
    assertThat(calls).isNotEmpty().allMatch(DeclaredCall::isAsSaid);
  }

  @Property(tries = 100)
  void neighboursDoNotDivertEachOthersCalls(@ForAll("twoNamespaces") Plans.Sentences said) {
    assertThat(generated(said.apart().plan()).calls())
        .isNotEmpty()
        .allMatch(DeclaredCall::isAsSaid);
  }

  @Property(tries = 100)
  void neighboursThatSayTheSameDoNotEither(@ForAll("oneNamespace") Plans.Sentences said) {
    assertThat(generated(said.doubled("bank").plan()).calls())
        .isNotEmpty()
        .allMatch(DeclaredCall::isAsSaid);
  }

  @Property(tries = 50)
  void adoptedObjectsTakeTheirWayToo(@ForAll("oneNamespace") Plans.Sentences said) {
    EgressPlan plan = said.adopted().plan();
    // Nothing may be left of it that can be adopted.
    Assume.that(!plan.isEmpty());
    assertThat(generated(plan).calls()).isNotEmpty().allMatch(DeclaredCall::isAsSaid);
  }

  @Property(tries = 50)
  void generatingTwiceGivesTheSameBytes(@ForAll("oneNamespace") Plans.Sentences said) {
    assertThat(generated(said.plan()).files()).isEqualTo(generated(said.plan()).files());
  }
}
