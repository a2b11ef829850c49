package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Ejection;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.RetryOn;
import io.github.istioegress.mesh.IstioVersion;
import java.time.Duration;

/**
 * How patient proxies are with a host: the caller's sidecar bounds the time, the last proxy tries
 * again, counts connections, and leaves an address alone that fails.
 */
public final class EgressResilienceExample implements EgressDefinition {

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
            Egress.to("rates.example.com")
                .http(80)
                .originateTls()
                .via(gateway)
                .timeout(Duration.ofSeconds(3))
                .retries(2, RetryOn.GATEWAY_ERROR, RetryOn.CONNECT_FAILURE)
                .connections(50)
                .ejectAfter(Ejection.consecutive5xx(5)),
            Egress.to("search.example.com")
                .http(8080)
                .direct()
                .timeout(Duration.ofMillis(800))
                .retries(0),
            Egress.to("feed.example.com")
                .tls(443)
                .direct()
                .connectTimeout(Duration.ofSeconds(1))
                .ejectAfter(Ejection.consecutiveGatewayErrors(3).lasting(Duration.ofMinutes(1))));
  }
}
