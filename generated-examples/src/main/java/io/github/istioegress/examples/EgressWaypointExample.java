package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.AmbientMesh;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.intent.Waypoint;
import io.github.istioegress.mesh.IstioVersion;
import java.time.Duration;

/**
 * Ambient mode: pods without sidecars leave through a waypoint, which begins TLS and lets through
 * what the sentences name; what nobody declares is held by the network alone.
 */
public final class EgressWaypointExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    AmbientMesh<? extends IstioVersion.Since1_25> mesh =
        Mesh.istio(IstioVersion.V1_31).registryOnly().ambient();
    Waypoint edge = Waypoint.in("egress").named("edge").on(mesh);
    Egress.Originated httpbin = Egress.to("httpbin.org").http(80).originateTls();
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("billing"),
            httpbin.via(edge).timeout(Duration.ofSeconds(3)),
            Egress.to("api.stripe.com").tls(443).via(edge))
        .namespace(
            MeshNamespace.named("shop").networkPolicy(),
            httpbin
                .via(edge)
                .timeout(Duration.ofSeconds(3))
                .from(Callers.serviceAccount("shop", "cart"))
                .allow(Requests.get("/get")));
  }
}
