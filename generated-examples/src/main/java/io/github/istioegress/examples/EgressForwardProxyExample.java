package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.ForwardProxy;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/**
 * A network that only a forward proxy leads out of: sidecars ask it for a tunnel that the
 * application knows nothing of, while an application that asks it by itself dials it as bytes.
 */
public final class EgressForwardProxyExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    var mesh = Mesh.istio(IstioVersion.V1_31).registryOnly().accessLog("/dev/stdout");
    ForwardProxy squid = ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4");
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("fleet").injected().networkPolicy(),
            Egress.to("updates.vendor.example").tls(443).via(squid),
            Egress.to("telemetry.vendor.example").tls(8443).via(squid),
            Egress.to("git.vendor.example").tcp(22).at("203.0.113.22").via(squid))
        .namespace(
            MeshNamespace.named("tools").injected(),
            Egress.to("squid.corp.example").tcp(3128).at("10.9.0.4").direct());
  }
}
