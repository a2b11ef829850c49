package io.github.istioegress.intent;

import java.util.Objects;

/**
 * A way through an egress gateway that asks a forward proxy outside for a tunnel to the host: app,
 * sidecar, gateway, forward proxy, host.
 *
 * @param gateway the gateway
 * @param hop what the sidecar speaks to it
 * @param proxy the forward proxy, which the gateway alone knows
 */
public record ProxiedGateway(EgressGateway gateway, GatewayHop hop, ForwardProxy proxy) {
  /** Refuses nulls. */
  public ProxiedGateway {
    Objects.requireNonNull(gateway, "gateway");
    Objects.requireNonNull(hop, "hop");
    Objects.requireNonNull(proxy, "proxy");
  }
}
