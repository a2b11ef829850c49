package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Ejection;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/**
 * Other hosts that answer for the one that is called: by their own name, for a share of the calls,
 * or while the first host is left alone.
 */
public final class EgressSplitAndFailoverExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway gateway = EgressGateway.istioDefault();
    var mesh = Mesh.istio(IstioVersion.V1_31).registryOnly().accessLog("/dev/stdout");
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("shop").injected(),
            Egress.to("prices.internal-name.example")
                .answeredBy("api.prices.example")
                .http(80)
                .originateTls()
                .via(gateway.overIstioMutualTls()),
            Egress.to("api.search.example")
                .canary("api-next.search.example", 10)
                .http(80)
                .originateTls()
                .via(gateway.overIstioMutualTls()),
            Egress.to("api.search.example").canary("api-next.search.example", 10).tls(443).direct(),
            Egress.to("api.maps.example")
                .otherwise("api.maps-backup.example", mesh)
                .http(80)
                .direct()
                .ejectAfter(Ejection.consecutive5xx(3)),
            Egress.to("api.maps.example")
                .otherwise("api.maps-backup.example", mesh)
                .tls(443)
                .via(gateway));
  }
}
