package com.acme;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/** Refused. */
public final class EndlessEgress implements EgressDefinition {
  @Override
  public EgressPlan define() {
    return define();
  }
}
