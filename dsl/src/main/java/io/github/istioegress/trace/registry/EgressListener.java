package io.github.istioegress.trace.registry;

import io.github.istioegress.resource.HostMatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One egress listener of a Sidecar, and what it imports.
 *
 * @param port its port; empty for the listener of all other ports
 * @param bind the address it is bound to; empty for the usual one
 * @param services the services it imports
 * @param rules the mesh routes it imports
 */
public record EgressListener(
    Optional<ServicePort> port,
    String bind,
    List<RegistryService> services,
    List<RouteRule> rules) {

  /** For each imported service, the rule whose host fits it best. */
  public Map<String, String> mostSpecificRules() {
    Map<String, String> byHost = new HashMap<>();
    for (RouteRule rule : rules) {
      rule.hosts().forEach(host -> byHost.putIfAbsent(host, rule.key()));
    }
    Map<String, String> best = new HashMap<>();
    for (RegistryService service : services) {
      HostMatch.mostSpecific(service.hostname(), byHost)
          .ifPresent(rule -> best.put(service.hostname(), rule));
    }
    return best;
  }
}
