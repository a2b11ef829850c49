package com.acme.orders;

import com.acme.gateways.Gateways;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/** The news may be read, through the egress gateway. */
public final class OrdersEgress implements EgressDefinition {
  @Override
  public EgressPlan define() {
    EgressGateway gateway = Gateways.OUT;
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
        .namespace(
            MeshNamespace.named("orders").injected(),
            Egress.to("edition.cnn.com").port(80).via(gateway));
  }
}
