package io.github.istioegress.trace.gatewayapi;

import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place that a route holds at: a listener, or the sidecars' calls to a service.
 *
 * @param parent the listener; empty for sidecars
 * @param hosts the hosts of the service that sidecars call; those of the route at a listener
 * @param port the one port it holds for; 0 for all
 * @param taken the hostnames of the Gateway's other listeners with port and protocol of this one
 */
record Attachment(Optional<Parent> parent, List<String> hosts, int port, Set<String> taken) {

  boolean isMesh() {
    return parent.isEmpty();
  }

  /** What Istio calls the place. */
  String name() {
    return parent.map(Parent::internalName).orElse(RouteRule.MESH);
  }

  /** False where another listener of the Gateway has a hostname that fits the route's better. */
  boolean isolates(String host) {
    String own = parent.map(Parent::hostname).orElse("");
    if (!own.isEmpty() && !HostMatch.isWildcard(own)) {
      return true;
    }
    if (!own.isEmpty() && !HostMatch.overlap(host, own)) {
      return false;
    }
    return taken.stream()
        .noneMatch(other -> own.length() <= other.length() && HostMatch.covered(host, other));
  }
}
