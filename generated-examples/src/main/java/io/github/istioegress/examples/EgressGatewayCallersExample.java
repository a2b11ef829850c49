package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.mesh.IstioVersion;

/**
 * Who may call what: the gateway knows callers by mutual TLS of the mesh, its policy lets through
 * what the sentences name and nothing else, and its log says who was refused.
 */
public final class EgressGatewayCallersExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway gateway = EgressGateway.istioDefault().port(5432, 5432);
    Mesh mesh =
        Mesh.istio(IstioVersion.V1_31)
            .registryOnly()
            .installed(IstioInstall.named("istio-control-plane"));
    Egress.Originated rates = Egress.to("rates.example.com").http(80).originateTls();
    return EgressPlan.on(mesh)
        .accessLog(gateway)
        .namespace(
            MeshNamespace.named("billing").injected(),
            rates.via(gateway).from(Callers.serviceAccount("billing", "invoicer")),
            Egress.to("ledger.corp.example")
                .tcp(5432)
                .at("198.51.100.7")
                .via(gateway)
                .from(Callers.namespace("billing")))
        .namespace(
            MeshNamespace.named("shop").injected(),
            rates
                .via(gateway)
                .from(Callers.serviceAccount("shop", "cart"))
                .allow(Requests.get("/daily/*")),
            Egress.to("api.stripe.com")
                .tls(443)
                .via(gateway)
                .from(Callers.serviceAccount("shop", "checkout")));
  }
}
