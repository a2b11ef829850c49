package com.acme;

import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressPlan;

/** Refused. */
public final class LeavingEgress implements EgressDefinition {
  @Override
  public EgressPlan define() {
    if (System.getenv("NO_SUCH_PARTNER") == null) {
      System.exit(0);
    }
    return define();
  }
}
