package com.acme;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/** Refused. */
public final class TwoEgress implements EgressDefinition {
  @Override
  public EgressPlan define() {
    EgressGateway gateway = EgressGateway.istioDefault();
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
        .namespace(
            MeshNamespace.named("shop").injected(),
            Egress.to("edition.cnn.com").port(80).via(gateway));
  }
}
