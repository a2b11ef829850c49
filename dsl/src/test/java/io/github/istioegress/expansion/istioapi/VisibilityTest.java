package io.github.istioegress.expansion.istioapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.Visibility;
import org.junit.jupiter.api.Test;

/** Nobody sees more than asked, unless a live object is adopted. */
class VisibilityTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final EgressGateway OWN =
      EgressGateway.named("own").in("shop").labelled("app", "own").port(80, 8080);

  @Test
  void aDirectHostIsSeenByItsOwnNamespaceOnly() {
    assertThat(
            Expanded.shop(Egress.to("a.example").port(80).direct())
                .entry("a-example")
                .getSpec()
                .getExportTo())
        .containsExactly(".");
  }

  @Test
  void aGatewayOnTheWaySeesWhatItNeeds() {
    Expanded expanded = Expanded.shop(Egress.to("a.example").port(80).via(GATEWAY));
    assertThat(expanded.entry("a-example").getSpec().getExportTo())
        .containsExactly(".", "istio-system");
    assertThat(expanded.routes("direct-a-example-through-egress-gateway").getSpec().getExportTo())
        .as("a sidecar that sees the callers' leg would obey it")
        .containsExactly(".");
    assertThat(expanded.routes("direct-a-example-from-egress-gateway").getSpec().getExportTo())
        .containsExactly("istio-system");
    assertThat(expanded.rule("istio-egressgateway").getSpec().getExportTo()).containsExactly(".");
  }

  @Test
  void aGatewayAmongItsCallersNeedsNoOtherNamespace() {
    Expanded expanded = Expanded.shop(Egress.to("a.example").port(80).via(OWN));
    assertThat(expanded.entry("a-example").getSpec().getExportTo()).containsExactly(".");
    assertThat(expanded.routes("direct-a-example-through-egress-gateway").getSpec().getExportTo())
        .containsExactly(".");
    assertThat(expanded.routes("direct-a-example-from-egress-gateway").getSpec().getExportTo())
        .containsExactly(".");
  }

  @Test
  void onlyRoutesOfTheNamespaceBindToItsServers() {
    Expanded expanded = Expanded.shop(Egress.to("a.example").port(80).via(GATEWAY));
    assertThat(expanded.gateway("istio-egressgateway").getSpec().getServers().get(0).getHosts())
        .containsExactly("./a.example");
  }

  @Test
  void anAdoptedHostIsAsSilentAsTheLiveObject() {
    Expanded expanded =
        Expanded.shop(
            Egress.to("a.example").port(80).via(GATEWAY).visible(Visibility.MESH_DEFAULT));
    assertThat(expanded.entry("a-example").getSpec().getExportTo()).isEmpty();
    assertThat(expanded.routes("direct-a-example-through-egress-gateway").getSpec().getExportTo())
        .isEmpty();
    assertThat(expanded.rule("istio-egressgateway").getSpec().getExportTo()).isEmpty();
    assertThat(expanded.gateway("istio-egressgateway").getSpec().getServers().get(0).getHosts())
        .containsExactly("a.example");
    assertThat(expanded.yaml()).doesNotContain("exportTo", "./");
  }

  @Test
  void oneAdoptedHostDoesNotOpenItsNeighbours() {
    Expanded expanded =
        Expanded.shop(
            Egress.to("a.example").port(80).via(GATEWAY).visible(Visibility.MESH_DEFAULT),
            Egress.to("b.example").port(80).via(GATEWAY));
    assertThat(expanded.entry("a-example").getSpec().getExportTo()).isEmpty();
    assertThat(expanded.entry("b-example").getSpec().getExportTo())
        .containsExactly(".", "istio-system");
    assertThat(expanded.rule("istio-egressgateway").getSpec().getExportTo()).containsExactly(".");
    assertThat(expanded.gateway("istio-egressgateway").getSpec().getServers().get(0).getHosts())
        .containsExactly("a.example", "./b.example");
  }

  @Test
  void visibilitySaidOfOnePortIsTheHosts() {
    Expanded expanded =
        Expanded.shop(
            Egress.to("a.example").port(80).direct(),
            Egress.to("a.example").port(443).direct().visible(Visibility.MESH_DEFAULT));
    assertThat(expanded.entry("a-example").getSpec().getExportTo()).isEmpty();
  }
}
