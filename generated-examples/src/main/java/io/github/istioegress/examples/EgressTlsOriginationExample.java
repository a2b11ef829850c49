package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.mesh.IstioVersion;

/**
 * Plaintext at the application, TLS from its sidecar on; for one of the hosts with a client
 * certificate that only some pods show.
 */
public final class EgressTlsOriginationExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    Mesh mesh = Mesh.istio(IstioVersion.V1_31).registryOnly().accessLog("/dev/stdout");
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("billing").injected(),
            Egress.to("edition.cnn.com").http(80).originateTls().direct(),
            Egress.to("b2b.partner.example")
                .http(80)
                .originateTls()
                .clientCertificate("partner-client")
                .direct()
                .only(Pods.labelled("app", "invoicer")));
  }
}
