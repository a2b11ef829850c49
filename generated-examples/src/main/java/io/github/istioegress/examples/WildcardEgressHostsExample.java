package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.VersionedMesh;
import io.github.istioegress.mesh.IstioVersion;

/**
 * All hosts below a domain: served by one host behind the gateway, looked up by the sidecar, or
 * left to the address that the application dialled.
 */
public final class WildcardEgressHostsExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway gateway = EgressGateway.istioDefault();
    VersionedMesh<IstioVersion.Since1_30> mesh =
        Mesh.istio(IstioVersion.V1_31)
            .registryOnly()
            .accessLog("/dev/stdout")
            .installed(IstioInstall.named("istio-control-plane"));
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("reader").injected(),
            Egress.toAnyOf("*.wikipedia.org").servedBy("www.wikipedia.org").tls(443).via(gateway),
            Egress.toAnyOf("*.example.com").dynamicDns(mesh).http(80).direct(),
            Egress.toAnyOf("*.example.org").unresolved().tls(443).direct());
  }
}
