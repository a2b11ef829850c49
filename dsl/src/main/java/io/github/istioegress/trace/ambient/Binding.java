package io.github.istioegress.trace.ambient;

import io.github.istioegress.trace.registry.Decision;
import java.util.List;
import java.util.Optional;

/**
 * Which waypoint a service is bound to.
 *
 * @param waypoint the waypoint; empty for none
 * @param problem why the waypoint that a label names does not serve it; empty where nothing is
 *     wrong
 * @param decisions the labels and the Gateway that decided it
 */
public record Binding(Optional<Waypoint> waypoint, String problem, List<Decision> decisions) {

  static final Binding NONE = new Binding(Optional.empty(), "", List.of());

  static Binding to(Waypoint waypoint, Decision label) {
    return new Binding(
        Optional.of(waypoint), "", List.of(label, Decision.of(waypoint.gateway(), "spec")));
  }

  static Binding failing(String problem, Decision label) {
    return new Binding(Optional.empty(), problem, List.of(label));
  }
}
