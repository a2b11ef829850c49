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
 * Bytes, which name no host: straight from the sidecar by the address, or through a port of the
 * gateway that is the host's own.
 */
public final class TcpEgressExample implements EgressDefinition {

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
            Egress.to("db1.corp.example").tcp(5432).at("203.0.113.3").via(gateway),
            Egress.to("cache.corp.example").tcp(6379).at("203.0.113.5", "203.0.113.6").direct());
  }
}
