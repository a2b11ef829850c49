package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;

/** Straight from the sidecar: HTTP and TLS to hosts that are declared, and to nothing else. */
public final class EgressControlExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    Mesh mesh = Mesh.istio(IstioVersion.V1_31).registryOnly().accessLog("/dev/stdout");
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("shop").injected(),
            Egress.to("httpbin.org").http(80).direct(),
            Egress.to("www.google.com").tls(443).direct(),
            Egress.to("grpc.example.com").grpc(8080).direct())
        .namespace(
            MeshNamespace.named("billing").injected(),
            Egress.toAll(
                List.of("api.adyen.com", "api.stripe.com"), host -> host.tls(443).direct()));
  }
}
