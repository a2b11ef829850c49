package io.github.istioegress.expansion.ambient;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.intent.AmbientMesh;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayIntent;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.intent.Waypoint;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** One plan by the classic gateway and by a waypoint: the same calls arrive. */
class SameReachTest {

  private static final AmbientMesh<IstioVersion.Since1_30> MESH =
      Mesh.istio(IstioVersion.V1_31).registryOnly().ambient();
  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final Waypoint EDGE = Waypoint.in("egress").named("edge").on(MESH);

  private static EgressPlan plan(
      Function<Egress.HttpThroughGateway, HttpGatewayIntent> http,
      Function<Egress.ThroughGateway, GatewayIntent> tls) {
    Egress.Originated bin = Egress.to("httpbin.org").http(80).originateTls();
    return EgressPlan.on(MESH)
        .namespace(MeshNamespace.named("billing"), tls.apply(Egress.to("api.stripe.com").tls(443)))
        .namespace(
            MeshNamespace.named("shop"),
            http.apply(bin)
                .from(Callers.serviceAccount("shop", "cart"))
                .allow(Requests.get("/get")),
            tls.apply(Egress.to("api.adyen.com").tls(443)).from(Callers.namespace("shop")));
  }

  private static Tracer tracer(EgressPlan plan) {
    GatewayWorkload gateway =
        new GatewayWorkload(
            GATEWAY.name(),
            GATEWAY.namespace(),
            GATEWAY.labels(),
            List.of(new GatewayWorkload.Port(80, 8080), new GatewayWorkload.Port(443, 8443)));
    return Tracer.of(
        Expanded.of(plan).resources(), List.of(gateway), MESH.config(), MESH.version());
  }

  private static final Tracer CLASSIC = tracer(plan(p -> p.via(GATEWAY), p -> p.via(GATEWAY)));
  private static final Tracer AMBIENT = tracer(plan(p -> p.via(EDGE), p -> p.via(EDGE)));

  private static Call call(String namespace, String account, String url) {
    return Call.to(new Caller(namespace, Map.of(), account), url);
  }

  @Test
  void callsToDeclaredHostsArriveOnBothWaysOrOnNone() {
    for (String namespace : List.of("billing", "shop")) {
      for (String account : List.of("cart", "other")) {
        for (String url :
            List.of(
                "http://httpbin.org/get",
                "http://httpbin.org/post",
                "https://api.stripe.com",
                "https://api.adyen.com")) {
          Call call = call(namespace, account, url);
          assertThat(AMBIENT.trace(call).outcome() == Outcome.EXTERNAL)
              .as("%s as %s to %s", namespace, account, url)
              .isEqualTo(CLASSIC.trace(call).outcome() == Outcome.EXTERNAL);
        }
      }
    }
  }

  @Test
  void undeclaredCallsDifferForZtunnelLetsThemPass() {
    Call call = call("shop", "cart", "https://example.org");
    assertThat(CLASSIC.trace(call).outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(AMBIENT.trace(call).outcome()).isEqualTo(Outcome.PASSTHROUGH);
  }
}
