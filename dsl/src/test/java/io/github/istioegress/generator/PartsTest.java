package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.ExpandedEgress;
import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.expansion.Plans;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.PartedPlan;
import io.github.istioegress.layout.Delivery;
import io.github.istioegress.layout.OutputLayout;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.layout.Rendering;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.TraceText;
import io.github.istioegress.trace.Tracer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is generated part by part is what the whole would be, and does what it would do. */
class PartsTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();

  @Provide
  Arbitrary<Plans.Sentences> plans() {
    return Plans.any("shop", "bank", "cart", "desk");
  }

  @Property(tries = 60)
  void partsMakeTheFilesOfTheWhole(@ForAll("plans") Plans.Sentences said) {
    EgressPlan plan = said.apart().plan();
    for (String name : OutputLayouts.names()) {
      OutputLayout layout =
          OutputLayouts.named(name, new Delivery("https://git.acme.example/egress", "main", "."));
      ExpandedEgress whole = Expansion.expand(plan);
      assertThat(new EgressGenerator(layout, Optional.empty()).generate("said", plan).files())
          .isEqualTo(
              new io.github.istioegress.layout.RenderedFiles(
                  new Rendering(layout)
                      .all("said", whole.resources(), whole.helmValues()).files().stream()
                          .map(file -> file.in("said"))
                          .toList()));
    }
  }

  @Property(tries = 150)
  void aCallEndsInItsPartAsItEndsInTheWhole(@ForAll("plans") Plans.Sentences said) {
    EgressPlan plan = said.apart().plan();
    GeneratedEgress generated =
        new EgressGenerator(OutputLayouts.byDefault(), Optional.empty()).generate("said", plan);
    Tracer whole =
        Tracer.of(
            generated.resources(),
            Plans.gateways(plan),
            plan.mesh().config(),
            plan.mesh().version());
    assertThat(generated.calls()).isNotEmpty();
    for (DeclaredCall call : generated.calls()) {
      assertThat(TraceText.of(List.of(call.trace())))
          .isEqualTo(TraceText.of(List.of(whole.trace(call.trace().call()))));
    }
  }

  private static EgressPlan plan() {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly());
  }

  private static List<List<String>> parts(EgressPlan plan) {
    return PartedPlan.of(plan).parts();
  }

  @Test
  void namespacesThatShareNoHostAreApart() {
    assertThat(
            parts(
                plan()
                    .namespace(
                        MeshNamespace.named("a"), Egress.to("a.example").port(443).via(GATEWAY))
                    .namespace(
                        MeshNamespace.named("b"), Egress.to("b.example").port(443).via(GATEWAY))
                    .namespace(
                        MeshNamespace.named("c"), Egress.to("a.example").port(443).via(GATEWAY))))
        .containsExactly(List.of("a", "c"), List.of("b"));
  }

  @Test
  void aHostThatNobodysGatewaySeesIsNotShared() {
    assertThat(
            parts(
                plan()
                    .namespace(MeshNamespace.named("a"), Egress.to("a.example").port(443).direct())
                    .namespace(
                        MeshNamespace.named("b"), Egress.to("a.example").port(443).direct())))
        .containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void whoCallsFromAGatewaysNamespaceIsOfItsPart() {
    EgressGateway own =
        EgressGateway.named("edge").in("b").labelled("istio", "edge").port(443, 8443);
    assertThat(
            parts(
                plan()
                    .namespace(MeshNamespace.named("a"), Egress.to("a.example").port(443).via(own))
                    .namespace(
                        MeshNamespace.named("b"), Egress.to("b.example").port(443).direct())))
        .containsExactly(List.of("a", "b"));
  }

  @Test
  void whatStandsInTheRootNamespaceHoldsForAll() {
    assertThat(
            parts(
                plan()
                    .namespace(
                        MeshNamespace.named("istio-system").registryOnly(),
                        Egress.to("a.example").port(443).direct())
                    .namespace(
                        MeshNamespace.named("b"), Egress.to("b.example").port(443).direct())))
        .containsExactly(List.of("b", "istio-system"));
  }

  @Test
  void aGatewayThatNobodyUsesIsBroughtUpAllTheSame() {
    EgressGateway edge =
        EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(443, 8443);
    EgressPlan plan =
        plan()
            .namespace(MeshNamespace.named("a"), Egress.to("a.example").port(443).direct())
            .deploying(GatewayDeployment.of(edge));
    assertThat(
            new EgressGenerator(OutputLayouts.byDefault(), Optional.empty())
                .generate("said", plan)
                .files()
                .byPath())
        .containsOnlyKeys("said/a.yaml", "said/egress.yaml");
  }
}
