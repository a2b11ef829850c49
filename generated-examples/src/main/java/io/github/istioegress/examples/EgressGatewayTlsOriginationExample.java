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
 * Plaintext at the application, mutual TLS of the mesh to the gateway, and TLS from there on; for
 * one of the hosts with a client certificate.
 */
public final class EgressGatewayTlsOriginationExample implements EgressDefinition {

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
            MeshNamespace.named("shop").injected(),
            Egress.to("edition.cnn.com").http(80).originateTls().via(gateway.overIstioMutualTls()),
            Egress.to("b2b.partner.example")
                .http(80)
                .originateTls()
                .clientCertificate("partner-client")
                .via(gateway.overIstioMutualTls()));
  }
}
