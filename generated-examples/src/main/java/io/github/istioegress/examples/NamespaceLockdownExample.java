package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NetworkReach;
import io.github.istioegress.mesh.IstioVersion;

/**
 * Nothing leaves but what is declared, in a mesh that lets everything pass: sidecars refuse the
 * rest, know no more than they need, and the network holds what goes around them. A second
 * namespace keeps its sidecars open and relies on the network alone.
 */
public final class NamespaceLockdownExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway edge =
        EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(443, 8443);
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).allowAny())
        .deploying(GatewayDeployment.of(edge))
        .namespace(
            MeshNamespace.named("shop").injected().lockedDown().sidecarScope("orders/*"),
            Egress.to("api.stripe.com").tls(443).via(edge))
        .namespace(
            MeshNamespace.named("legacy")
                .injected()
                .networkPolicy(NetworkReach.declared().withinNamespace().toPublicAddresses()),
            Egress.to("api.stripe.com").tls(443).via(edge),
            Egress.to("ledger.corp.example").tcp(5432).at("203.0.113.3").direct(),
            Egress.to("www.ecb.europa.eu").http(80).originateTls().direct());
  }
}
