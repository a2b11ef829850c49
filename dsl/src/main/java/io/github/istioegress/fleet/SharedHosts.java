package io.github.istioegress.fleet;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What tenants that share a host have to agree on. The gateways of a namespace take one
 * ServiceEntry for a host, of whichever tenant Istio prefers: its ports and addresses would be
 * everybody's.
 */
final class SharedHosts {

  private SharedHosts() {}

  static void check(EgressPlan plan) {
    Map<String, List<EgressIntent>> first = new HashMap<>();
    if (plan.namespaces().size() < 2) {
      return;
    }
    plan.namespaces()
        .forEach(
            said ->
                atGateways(said.intents())
                    .forEach(
                        (place, here) -> {
                          List<EgressIntent> other = first.putIfAbsent(place, here);
                          if (other != null && !entry(other).equals(entry(here))) {
                            throw differ(other.get(0), here.get(0));
                          }
                        }));
  }

  /** A tenant's sentences by host and by the namespace of the gateways they leave through. */
  private static Map<String, List<EgressIntent>> atGateways(
      List<? extends EgressIntent> sentences) {
    Map<String, Set<String>> homes =
        sentences.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.host().name(),
                    Collectors.flatMapping(
                        one -> one.path().gateway().stream().map(gateway -> gateway.namespace()),
                        Collectors.toSet())));
    Map<String, List<EgressIntent>> places = new TreeMap<>();
    for (EgressIntent one : sentences) {
      for (String home : homes.getOrDefault(one.host().name(), Set.of())) {
        places
            .computeIfAbsent(home + " " + one.host(), place -> new java.util.ArrayList<>())
            .add(one);
      }
    }
    return places;
  }

  private static Set<String> entry(List<EgressIntent> sentences) {
    return sentences.stream()
        .map(one -> one.port() + " " + one.handling().addresses())
        .collect(Collectors.toSet());
  }

  private static IllegalArgumentException differ(EgressIntent one, EgressIntent other) {
    return new IllegalArgumentException(
        "%s at %s and %s at %s share a host, but not all its ports and addresses, and a gateway takes one ServiceEntry for a host: ask for the same in both, or give one of them a gateway in another namespace"
            .formatted(one, one.origin().place(), other, other.origin().place()));
  }
}
