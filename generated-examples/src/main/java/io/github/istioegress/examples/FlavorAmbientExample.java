package io.github.istioegress.examples;

import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.AmbientMesh;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Waypoint;
import io.github.istioegress.mesh.IstioVersion;

/**
 * The same plan in ambient mode: pods without sidecars, and a waypoint in the gateway's place. What
 * nobody declared is held by the network alone.
 */
public final class FlavorAmbientExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    AmbientMesh<? extends IstioVersion.Since1_25> mesh =
        Mesh.istio(IstioVersion.V1_31)
            .registryOnly()
            .installed(IstioInstall.named("istio-control-plane").profile("ambient"))
            .ambient();
    Waypoint edge = Waypoint.in("egress").named("edge").on(mesh);
    return FlavorSentences.plan(mesh, edge, MeshNamespace::ambient);
  }
}
