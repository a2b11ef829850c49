package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot be said of a gateway of the Gateway API, and why. */
class GatewayApiCheckTest {

  private static final EgressGateway EDGE = EgressGateway.gatewayApi("edge").in("egress");

  private static HttpGatewayIntent cnn() {
    return Egress.to("edition.cnn.com").http(80).via(EDGE);
  }

  private static EgressPlan plan(IstioVersion version, EgressIntent... sentences) {
    return EgressPlan.on(Mesh.istio(version)).namespace(MeshNamespace.named("shop"), sentences);
  }

  @Test
  void everythingOfItFollowsFromTheGatewaysName() {
    assertThat(EDGE.name()).isEqualTo("edge-istio");
    assertThat(EDGE.gatewayName()).isEqualTo("edge");
    assertThat(EDGE.labels()).isEqualTo(Map.of("gateway.networking.k8s.io/gateway-name", "edge"));
    assertThat(EDGE.serviceHost()).isEqualTo("edge-istio.egress.svc.cluster.local");
    assertThat(EDGE.hasPort(8443)).isTrue();
    assertThat(EDGE.podPort(80)).isEqualTo(80);
    assertThat(EDGE).hasToString("egress/edge-istio").isNotEqualTo(cnn());
    assertThat(EgressGateway.istioDefault().gatewayName()).isEqualTo("istio-egressgateway");
    assertThat(EgressGateway.istioDefault().podPort(80)).isEqualTo(8080);
  }

  @Test
  void whatIstiodDerivesIsNotSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EDGE.port(80, 8080))
        .withMessage(
            "egress gateway egress/edge-istio needs no port(80, 8080): istiod derives its ports from"
                + " the Gateway; leave it out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EDGE.labelled("istio", "edge"))
        .withMessageContaining("istiod derives its labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GatewayDeployment.of(EDGE))
        .withMessage(
            "egress gateway egress/edge-istio is brought up by istiod, out of its Gateway: leave"
                + " deploying(...) out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressGateway.gatewayApi("Edge").in("egress"))
        .withMessageStartingWith("egress gateway 'Edge' is not a DNS label");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressGateway.gatewayApi("e".repeat(60)).in("egress"));
  }

  @Test
  void whatItsRoutesCannotDoIsRefusedWithTheReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cnn().retries(2))
        .withMessage(
            "edition.cnn.com http(80).via(egress/edge-istio).retries(2) cannot be said in the Gateway"
                + " API: its routes say no retries in the standard channel; leave it out, or use a"
                + " gateway of Istio's own API");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cnn().fault(Fault.abort(503)))
        .withMessageContaining(".fault(abort(503)) cannot be said")
        .withMessageContaining("its routes make no faults");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.to("a.example").answeredBy("b.example").http(80).via(EDGE))
        .withMessageContaining("not offered; use a gateway of Istio's own API");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Egress.toAnyOf("*.a.example")
                    .dynamicDns(Mesh.istio(IstioVersion.V1_31))
                    .http(80)
                    .via(EDGE))
        .withMessageContaining("a Hostname that its routes lead to is one host");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cnn().subset("cnn"))
        .withMessageContaining("subset(\"cnn\") cannot be said")
        .withMessageContaining("its routes know no subsets");
    assertThatIllegalArgumentException().isThrownBy(() -> cnn().gatewayNamed("cnn"));
    assertThatIllegalArgumentException().isThrownBy(() -> cnn().virtualServiceNamed("cnn"));
    assertThatIllegalArgumentException().isThrownBy(() -> cnn().destinationRuleNamed("cnn"));
    assertThat(cnn().named("cnn").portNamed("web")).isNotNull();
  }

  @Test
  void aPortOfTheGatewayIsUsedInOneWay() {
    EgressIntent passed = Egress.to("a.example").tls(443).via(EDGE);
    EgressIntent ended = Egress.to("b.example").tls(443).via(EDGE.overIstioMutualTls());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(IstioVersion.V1_31, passed, ended))
        .withMessage(
            "%s at %s and %s at %s bring TLS that is passed through and bytes in mutual TLS of the"
                + " mesh to port 443 of egress gateway egress/edge-istio: routes of the Gateway API"
                + " name no subset, so one rule holds for all that goes to the port; send one of them"
                + " through another port",
            passed, passed.origin().place(), ended, ended.origin().place());
    EgressIntent other = Egress.to("c.example").tls(443).via(EDGE.overIstioMutualTls());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(IstioVersion.V1_31, ended, other))
        .withMessageContaining("the port has one SNI and cannot tell them apart");
    EgressIntent http = Egress.to("d.example").http(443).via(EDGE.overIstioMutualTls());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(IstioVersion.V1_31, ended, http))
        .withMessageContaining("bring bytes in mutual TLS of the mesh and HTTP in mutual TLS");
    assertThat(plan(IstioVersion.V1_31, passed, Egress.to("e.example").tls(443).via(EDGE)))
        .isNotNull();
  }

  @Test
  void aGatewayTakes64Listeners() {
    List<EgressIntent> hosts = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      hosts.add(Egress.to("h" + i + ".example").http(80).via(EDGE));
    }
    EgressPlan plan = EgressPlan.on(Mesh.istio(IstioVersion.V1_31));
    assertThat(plan.namespace(MeshNamespace.named("shop"), hosts)).isNotNull();
    hosts.add(Egress.to("one-more.example").http(80).via(EDGE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.namespace(MeshNamespace.named("shop"), hosts))
        .withMessageContaining("is one listener too many for egress gateway egress/edge-istio")
        .withMessageContaining("takes 64");
  }

  @Test
  void eachKindOfRouteHasItsFirstRelease() {
    EgressIntent tls = Egress.to("a.example").tls(443).via(EDGE);
    EgressIntent bytes = Egress.to("db.example").tcp(5432).at("203.0.113.3").via(EDGE);
    assertThat(plan(IstioVersion.V1_22, cnn())).isNotNull();
    assertThat(plan(IstioVersion.V1_30, tls)).isNotNull();
    assertThat(plan(IstioVersion.V1_31, bytes)).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(IstioVersion.V1_7, cnn()))
        .withMessageContaining(
            "asks for a gateway of the Gateway API, which we generate for Istio 1.22 and newer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(IstioVersion.V1_29, tls))
        .withMessageContaining("TLSRoute, which istiod reads before only with")
        .withMessageContaining("PILOT_ENABLE_ALPHA_GATEWAY_API")
        .withMessageContaining("Istio 1.30 and newer; the mesh is 1.29");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(IstioVersion.V1_30, bytes))
        .withMessageContaining("TCPRoute");
  }
}
