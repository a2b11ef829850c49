package io.github.istioegress.trace.envoy;

import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Scope;
import java.util.List;
import java.util.Optional;

/** What a sidecar does with calls that nothing declares. */
final class Undeclared {

  private Undeclared() {}

  /** The name of the listener that takes what no other does. */
  private static final String LISTENER = "virtualOutbound";

  /** The listener that takes what no other does. */
  static Listener listener(Scope scope) {
    return new Listener(LISTENER, List.of(), Optional.of(chain(scope)));
  }

  /** The chain for what no chain of a listener takes. */
  static FilterChain chain(Scope scope) {
    return FilterChain.bytes(
        List.of(), List.of(), List.of(new WeightedCluster(cluster(scope), 100)), decisions(scope));
  }

  /** The virtual host for HTTP calls whose host no other has. */
  static VirtualHost virtualHost(Scope scope) {
    boolean open = scope.policy() == OutboundTrafficPolicy.ALLOW_ANY;
    String name = open ? "allow_any" : "block_all";
    return new VirtualHost(
        name,
        List.of("*"),
        List.of(
            open
                ? RouteEntry.to(
                    name, List.of(new WeightedCluster(cluster(scope), 100)), decisions(scope))
                : RouteEntry.answering(name, 502, decisions(scope))));
  }

  private static String cluster(Scope scope) {
    if (scope.policy() == OutboundTrafficPolicy.REGISTRY_ONLY) {
      return ClusterName.BLACK_HOLE;
    }
    return scope
        .egressProxy()
        .map(proxy -> Destinations.cluster(proxy, proxy.getHost(), Optional.empty(), 0))
        .orElse(ClusterName.PASSTHROUGH);
  }

  private static List<Decision> decisions(Scope scope) {
    return scope.policyFrom().stream().toList();
  }
}
