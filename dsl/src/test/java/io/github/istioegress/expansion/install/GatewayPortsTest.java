package io.github.istioegress.expansion.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.PlanFacts;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The name of a Service's port is what tells the sidecars to speak HTTP/2 to it. */
class GatewayPortsTest {

  private static final EgressGateway GATEWAY =
      EgressGateway.istioDefault().port(8080, 8081).port(5432, 5432);

  private static List<String> names(EgressIntent... sentences) {
    EgressPlan plan =
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
            .namespace(MeshNamespace.named("shop"), sentences);
    return GatewayPorts.of(PlanFacts.of(plan), GATEWAY).stream()
        .map(GatewayPorts.Named::name)
        .toList();
  }

  @Test
  void unsaidTheyAreNamedAsIstiosOwnGatewaysDo() {
    assertThat(names()).containsExactly("http2", "https", "tcp-5432", "tcp-8080");
  }

  @Test
  void httpIsNamed() {
    assertThat(names(Egress.to("a.example").http(8080).via(GATEWAY)))
        .containsExactly("http2", "https", "tcp-5432", "http-8080");
  }

  @Test
  void grpcAndHttp2Are() {
    assertThat(names(Egress.to("a.example").grpc(8080).via(GATEWAY)))
        .containsExactly("http2", "https", "tcp-5432", "http2-8080");
    assertThat(
            names(
                Egress.to("a.example").http(8080).via(GATEWAY),
                Egress.to("b.example").http2(8080).via(GATEWAY)))
        .containsExactly("http2", "https", "tcp-5432", "http2-8080");
    assertThat(names(Egress.to("a.example").grpc(443).via(GATEWAY.overIstioMutualTls())))
        .containsExactly("http2", "http2-443", "tcp-5432", "tcp-8080");
    assertThat(names(Egress.to("a.example").grpc(80).via(GATEWAY)).get(0)).isEqualTo("http2");
  }

  @Test
  void tlsAndBytesNeedNoNameOfTheirOwn() {
    assertThat(
            names(
                Egress.to("a.example").tls(8080).via(GATEWAY),
                Egress.to("db.example").tcp(5432).at("203.0.113.1").via(GATEWAY)))
        .containsExactly("http2", "https", "tcp-5432", "tcp-8080");
  }

  @Test
  void whatGoesThroughAnotherGatewayOrStraightOutDoesNotCount() {
    EgressGateway other =
        EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(8080, 8081);
    assertThat(
            names(
                Egress.to("a.example").grpc(8080).via(other),
                Egress.to("b.example").grpc(5432).direct()))
        .containsExactly("http2", "https", "tcp-5432", "tcp-8080");
  }
}
