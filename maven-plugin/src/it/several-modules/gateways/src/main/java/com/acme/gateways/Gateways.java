package com.acme.gateways;

import io.github.istioegress.intent.EgressGateway;

/** What the other modules share; no definition. */
public final class Gateways {
  public static final EgressGateway OUT = EgressGateway.istioDefault();

  private Gateways() {}
}
