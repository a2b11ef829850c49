package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/**
 * The same sentences where the gateway is one of the Kubernetes Gateway API, brought up by istiod:
 * HTTP by its Host header, TLS passed through by its SNI, and plaintext that becomes TLS at a
 * gateway which knows who calls.
 */
public final class EgressGatewayApiExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway edge = EgressGateway.gatewayApi("edge").in("egress");
    Mesh mesh =
        Mesh.istio(IstioVersion.V1_31)
            .registryOnly()
            .accessLog("/dev/stdout")
            .installed(IstioInstall.named("istio-control-plane"));
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("shop").injected(),
            Egress.to("edition.cnn.com").port(80).via(edge),
            Egress.to("edition.cnn.com").port(443).via(edge),
            Egress.to("rates.example.com")
                .http(8080)
                .originateTls()
                .via(edge)
                .from(Callers.serviceAccount("shop", "cart")));
  }
}
