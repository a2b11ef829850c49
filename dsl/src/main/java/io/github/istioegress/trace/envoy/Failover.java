package io.github.istioegress.trace.envoy;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.registry.Endpoint;
import io.github.istioegress.trace.registry.Resolution;
import io.github.istioegress.trace.registry.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Endpoints by the priority that {@code failoverPriority} gives them: the more of its labels they
 * have, counted from the first, the earlier their turn. Istio leaves it out for a proxy that has no
 * label at all; injection gives every pod some, so that is no case of a mesh.
 */
final class Failover {

  private Failover() {}

  /**
   * True where endpoints have priorities: only what ejects endpoints comes to the later ones, and
   * clusters looked up in DNS have them only since 1.30.
   */
  static boolean applies(Scope scope, Resolution resolution, EffectivePolicy policy) {
    boolean byIstiod = resolution == Resolution.ENDPOINTS;
    return !policy.failoverPriority().isEmpty()
        && (byIstiod || scope.version().atLeast(IstioVersion.V1_30));
  }

  /** The endpoints, those of the highest priority first. */
  static List<Endpoint> ordered(Scope scope, List<String> labels, List<Endpoint> endpoints) {
    List<Endpoint> ordered = new ArrayList<>(endpoints);
    ordered.sort(Comparator.comparingInt(endpoint -> -matching(scope.labels(), labels, endpoint)));
    return List.copyOf(ordered);
  }

  /** The addresses whose turn comes when every endpoint of the first priority is ejected. */
  static List<String> further(Scope scope, List<String> labels, List<Endpoint> ordered) {
    int best =
        ordered.stream()
            .mapToInt(endpoint -> matching(scope.labels(), labels, endpoint))
            .max()
            .orElse(0);
    return ordered.stream()
        .filter(endpoint -> matching(scope.labels(), labels, endpoint) < best)
        .map(Endpoint::address)
        .toList();
  }

  private static int matching(Map<String, String> proxy, List<String> labels, Endpoint endpoint) {
    // A label said twice has the last value in both places.
    Map<String, String> values = new HashMap<>();
    for (String label : labels) {
      int equals = label.indexOf('=');
      if (equals >= 0) {
        values.put(label.substring(0, equals), label.substring(equals + 1));
      }
    }
    int matching = 0;
    for (String label : labels) {
      String key = label.replaceFirst("=.*", "");
      String wanted = values.getOrDefault(key, proxy.getOrDefault(key, ""));
      if (!wanted.equals(endpoint.labels().getOrDefault(key, ""))) {
        break;
      }
      matching++;
    }
    return matching;
  }
}
