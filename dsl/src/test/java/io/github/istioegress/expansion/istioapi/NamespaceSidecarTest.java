package io.github.istioegress.expansion.istioapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.api.networking.v1alpha3.OutboundTrafficPolicyMode;
import io.fabric8.istio.api.networking.v1.Sidecar;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceSidecarTest {

  private static final MeshNamespace SHOP = MeshNamespace.named("shop");

  private static List<Sidecar> sidecars(
      IstioVersion version, MeshNamespace namespace, EgressIntent... said) {
    return Expanded.of(EgressPlan.on(Mesh.istio(version)).namespace(namespace, said))
        .all(Sidecar.class);
  }

  private static Sidecar sidecar(MeshNamespace namespace, EgressIntent... said) {
    return sidecars(IstioVersion.V1_31, namespace, said).get(0);
  }

  @Test
  void aNamespaceThatSaysNothingOfItsOwnHasNone() {
    assertThat(sidecars(IstioVersion.V1_31, SHOP.injected().networkPolicy())).isEmpty();
  }

  @Test
  void aStanceAloneLeavesWhatIsKnownAsItIs() {
    Sidecar closed = sidecar(SHOP.registryOnly());
    assertThat(closed.getMetadata().getName()).isEqualTo("default");
    assertThat(closed.getSpec().getWorkloadSelector()).isNull();
    assertThat(closed.getSpec().getEgress()).isEmpty();
    assertThat(closed.getSpec().getOutboundTrafficPolicy().getMode())
        .isEqualTo(OutboundTrafficPolicyMode.REGISTRY_ONLY);
    assertThat(sidecar(SHOP.allowAny()).getSpec().getOutboundTrafficPolicy().getMode())
        .isEqualTo(OutboundTrafficPolicyMode.ALLOW_ANY);
  }

  @Test
  void aScopeIsTheNamespaceItsGatewaysAndTheImports() {
    EgressGateway edge =
        EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(443, 8443);
    EgressGateway own =
        EgressGateway.named("own").in("shop").labelled("istio", "own").port(443, 8443);
    Sidecar sidecar =
        sidecar(
            SHOP.sidecarScope("orders/*", "common/a.example"),
            Egress.to("a.example").tls(443).via(edge),
            Egress.to("b.example").tls(443).via(edge),
            Egress.to("c.example").tls(443).via(own));
    assertThat(sidecar.getSpec().getOutboundTrafficPolicy()).isNull();
    assertThat(sidecar.getSpec().getEgress()).hasSize(1);
    assertThat(sidecar.getSpec().getEgress().get(0).getHosts())
        .containsExactly(
            "./*", "egress/edge.egress.svc.cluster.local", "common/a.example", "orders/*");
  }

  @ParameterizedTest
  @CsvSource({"7, v1alpha3", "21, v1beta1", "22, v1"})
  void itsApiVersionIsTheReleases(int minor, String version) {
    assertThat(sidecars(IstioVersion.of(1, minor), SHOP.registryOnly()).get(0).getApiVersion())
        .isEqualTo("networking.istio.io/" + version);
  }
}
