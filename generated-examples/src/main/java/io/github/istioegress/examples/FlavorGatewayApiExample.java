package io.github.istioegress.examples;

import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/**
 * The same plan in the Kubernetes Gateway API: Gateway, HTTPRoute and TLSRoute, with a gateway that
 * istiod brings up.
 */
public final class FlavorGatewayApiExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway edge = EgressGateway.gatewayApi("edge").in("egress");
    Mesh mesh =
        Mesh.istio(IstioVersion.V1_31)
            .registryOnly()
            .installed(IstioInstall.named("istio-control-plane").profile("minimal"));
    return FlavorSentences.plan(mesh, edge, MeshNamespace::injected);
  }
}
