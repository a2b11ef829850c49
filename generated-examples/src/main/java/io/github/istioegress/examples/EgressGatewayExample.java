package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/**
 * The same wish as it is said today: both ports leave through the gateway, and nothing is visible
 * beyond the namespace and its gateway.
 */
public final class EgressGatewayExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway gateway = EgressGateway.istioDefault();
    Mesh mesh =
        Mesh.istio(IstioVersion.V1_31)
            .registryOnly()
            .accessLog("/dev/stdout")
            .installed(IstioInstall.named("istio-control-plane"));
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("akv2k8s-test").injected(),
            Egress.to("edition.cnn.com").port(80).via(gateway).named("cnn"),
            Egress.to("edition.cnn.com").port(443).via(gateway));
  }
}
