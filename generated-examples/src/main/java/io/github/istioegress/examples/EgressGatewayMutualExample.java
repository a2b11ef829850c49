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
 * Mutual TLS of the mesh to the gateway, so that it knows who calls: around HTTP, around TLS of the
 * application, and around bytes to two databases on one port.
 */
public final class EgressGatewayMutualExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway gateway = EgressGateway.istioDefault().port(5432, 5432);
    Mesh mesh =
        Mesh.istio(IstioVersion.V1_31)
            .registryOnly()
            .accessLog("/dev/stdout")
            .installed(IstioInstall.named("istio-control-plane"));
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("orders").injected(),
            Egress.to("httpbin.org").http(80).via(gateway.overIstioMutualTls()),
            Egress.to("api.stripe.com").tls(443).via(gateway.overIstioMutualTls()),
            Egress.to("db1.corp.example")
                .tcp(5432)
                .at("203.0.113.3")
                .via(gateway.overIstioMutualTls()),
            Egress.to("db2.corp.example")
                .tcp(5432)
                .at("203.0.113.4")
                .via(gateway.overIstioMutualTls()));
  }
}
