package io.github.istioegress.intent;

import java.util.Objects;

/**
 * A way through an egress gateway whose first hop is what the application sent; the gateway then
 * cannot tell who calls.
 *
 * @param gateway the gateway
 */
public record PlainHop(EgressGateway gateway) {
  /** Refuses null. */
  public PlainHop {
    Objects.requireNonNull(gateway, "gateway");
  }
}
