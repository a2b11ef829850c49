package io.github.istioegress.intent;

import java.util.Objects;

/**
 * A way through an egress gateway whose first hop is mutual TLS of the mesh.
 *
 * @param gateway the gateway
 */
public record MutualHop(EgressGateway gateway) {
  /** Refuses null. */
  public MutualHop {
    Objects.requireNonNull(gateway, "gateway");
  }

  /** The same that goes on in the tunnel of a forward proxy outside (HTTP CONNECT). */
  public ProxiedGateway through(ForwardProxy proxy) {
    return new ProxiedGateway(gateway, GatewayHop.ISTIO_MUTUAL, proxy);
  }
}
