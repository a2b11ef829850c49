package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a release lacks is refused, naming the first that has it. */
class VersionGateTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault().port(22, 2222);

  private static EgressPlan plan(int minor, EgressIntent said) {
    return EgressPlan.on(Mesh.istio(IstioVersion.of(1, minor)))
        .namespace(MeshNamespace.named("shop"), said);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 22, 28, 29})
  void dynamicDnsAtSidecarsNeeds130(int minor) {
    EgressIntent said =
        Egress.toAnyOf("*.a.example").dynamicDns(Mesh.istio(IstioVersion.V1_31)).http(80).direct();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(minor, said))
        .withMessage(
            "Egress.toAnyOf(\"*.a.example\").dynamicDns(mesh).http(80).direct() at "
                + said.origin().place()
                + " asks for dynamicDns, which we generate for Istio 1.30 and newer;"
                + " the mesh is 1."
                + minor);
    assertThat(plan(30, said).namespaces()).hasSize(1);
    assertThat(plan(31, said).namespaces()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 14, 21})
  void originatedTlsNeeds122(int minor) {
    EgressIntent system = Egress.to("a.example").http(80).originateTls().via(GATEWAY);
    EgressIntent file =
        Egress.to("a.example").http(80).originateTls().trusting(Ca.file("/ca.pem")).direct();
    for (EgressIntent said : new EgressIntent[] {system, file}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan(minor, said))
          .withMessage(
              said
                  + " at "
                  + said.origin().place()
                  + " asks for originateTls(), which we generate for Istio 1.22 and newer; the mesh"
                  + " is 1."
                  + minor);
      assertThat(plan(22, said).namespaces()).hasSize(1);
    }
  }

  @Test
  void movingAPlanToAnOlderMeshIsCheckedToo() {
    EgressPlan plan =
        plan(
            31,
            Egress.toAnyOf("*.a.example")
                .dynamicDns(Mesh.istio(IstioVersion.V1_31))
                .tls(443)
                .direct());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.onMesh(Mesh.istio(IstioVersion.of(1, 29))))
        .withMessageContaining("for Istio 1.30 and newer; the mesh is 1.29");
  }

  @Test
  void whatEveryReleaseHasIsTaken() {
    for (int minor : new int[] {7, 21, 29}) {
      assertThat(plan(minor, Egress.to("a.example").http2(80).via(GATEWAY)).isEmpty()).isFalse();
      assertThat(plan(minor, Egress.to("a.example").grpc(80).direct()).isEmpty()).isFalse();
      assertThat(
              plan(minor, Egress.to("a.example").tls(443).via(GATEWAY.overIstioMutualTls()))
                  .isEmpty())
          .isFalse();
      assertThat(plan(minor, Egress.to("a.example").tcp(22).at("10.1.2.3").via(GATEWAY)).isEmpty())
          .isFalse();
      assertThat(
              plan(minor, Egress.toAnyOf("*.a.example").unresolved().tls(443).direct()).isEmpty())
          .isFalse();
    }
  }

  @Test
  void authoritiesFromAConfigMapAreReadFrom126On() {
    EgressIntent said =
        Egress.to("a.example")
            .http(80)
            .originateTls()
            .trusting(Ca.configMap("partner-ca", Mesh.istio(IstioVersion.V1_26)))
            .via(EgressGateway.istioDefault());
    assertThat(plan(26, said).namespaces()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(25, said))
        .withMessageContaining(
            "asks for authorities from a ConfigMap, which we generate for Istio 1.26 and newer; the"
                + " mesh is 1.25");
  }

  @Test
  void aSidecarReadsNoConfigMap() {
    Egress.Originated said =
        Egress.to("a.example")
            .http(80)
            .originateTls()
            .trusting(Ca.configMap("partner-ca", Mesh.istio(IstioVersion.V1_26)));
    assertThatIllegalArgumentException()
        .isThrownBy(said::direct)
        .withMessage(
            "a.example http(80) trusts a ConfigMap and leaves directly: a sidecar would send"
                + " plaintext; say via(gateway), or Ca.file");
  }
}
