package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.HttpIntent;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/**
 * Copies of requests: a second host outside gets a share of what the first one gets, and nobody
 * waits for its answers. The proxy that sends the request sends the copy, too: the sidecar, or the
 * gateway, whichever API it is of, which may begin TLS to both.
 */
public final class EgressMirroringExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway gateway = EgressGateway.istioDefault();
    EgressGateway edge = EgressGateway.gatewayApi("edge").in("egress");
    Callers cart = Callers.serviceAccount("shop", "cart");
    HttpGatewayIntent shadow =
        Egress.to("shadow.search.example").http(80).originateTls().via(gateway).from(cart);
    HttpIntent copies = Egress.to("copies.maps.example").http(8080).direct();
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly().accessLog("/dev/stdout"))
        .namespace(
            MeshNamespace.named("shop").injected(),
            Egress.to("api.search.example")
                .http(80)
                .originateTls()
                .via(gateway)
                .from(cart)
                .mirroredTo(shadow, 10),
            Egress.to("api.maps.example").http(80).direct().mirroredTo(copies, 100))
        .namespace(
            MeshNamespace.named("press").injected(),
            Egress.to("api.news.example")
                .http(80)
                .via(edge)
                .mirroredTo(Egress.to("next.news.example").http(80).via(edge), 50));
  }
}
