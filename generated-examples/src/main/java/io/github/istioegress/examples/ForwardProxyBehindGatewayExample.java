package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.ForwardProxy;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/**
 * A network that only a forward proxy leads out of, and a gateway that alone may ask it: calls come
 * to the gateway, whose policy knows callers or names, and go on in a tunnel through the proxy,
 * which sidecars do not even know.
 */
public final class ForwardProxyBehindGatewayExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway gateway = EgressGateway.istioDefault().port(8443, 8444).port(2222, 2222);
    ForwardProxy squid = ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4");
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly().accessLog("/dev/stdout"))
        .namespace(
            MeshNamespace.named("fleet").injected().networkPolicy(),
            Egress.to("updates.vendor.example").tls(443).via(gateway.through(squid)),
            Egress.to("telemetry.vendor.example")
                .tls(8443)
                .via(gateway.through(squid))
                .from(Callers.serviceAccount("fleet", "collector")),
            Egress.to("git.vendor.example")
                .tcp(2222)
                .at("203.0.113.22")
                .via(gateway.overIstioMutualTls().through(squid)));
  }
}
