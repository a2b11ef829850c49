package io.github.istioegress.examples;

import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/**
 * One plan in three flavours, here Istio's own API: Gateway, VirtualService and DestinationRule,
 * with a gateway of the plan's own. The same calls arrive in all three, and no others.
 */
public final class FlavorIstioApiExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway edge =
        EgressGateway.named("edge")
            .in("egress")
            .labelled("istio", "edge")
            .port(80, 8080)
            .port(443, 8443)
            .port(8080, 9080);
    Mesh mesh =
        Mesh.istio(IstioVersion.V1_31)
            .registryOnly()
            .installed(IstioInstall.named("istio-control-plane").profile("minimal"));
    return FlavorSentences.plan(mesh, edge, MeshNamespace::injected)
        .deploying(GatewayDeployment.of(edge));
  }
}
