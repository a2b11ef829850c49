package com.acme;

import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressPlan;

/** Refused. */
public final class LoopingEgress implements EgressDefinition {
  @Override
  public EgressPlan define() {
    for (int i = 0; ; i++) {
      if (i < 0) {
        i = 0;
      }
    }
  }
}
