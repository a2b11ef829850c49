package io.github.istioegress.trace.registry;

import io.github.istioegress.resource.HostMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Rules by their hosts, in their order. */
public final class RuleHosts {

  private final List<RouteRule> rules;
  private final Map<String, List<Integer>> exact = new HashMap<>();
  private final List<Integer> wild = new ArrayList<>();

  /** Indexes rules. */
  public RuleHosts(List<RouteRule> rules) {
    this.rules = rules;
    for (int i = 0; i < rules.size(); i++) {
      for (String host : rules.get(i).hosts()) {
        (HostMatch.isWildcard(host) ? wild : exact.computeIfAbsent(host, h -> new ArrayList<>()))
            .add(i);
      }
    }
  }

  /** The rules of which a host overlaps with this one. */
  public List<RouteRule> overlapping(String host) {
    if (HostMatch.isWildcard(host)) {
      return rules.stream().filter(rule -> overlaps(rule, host)).toList();
    }
    TreeSet<Integer> found = new TreeSet<>(exact.getOrDefault(host, List.of()));
    wild.stream().filter(i -> overlaps(rules.get(i), host)).forEach(found::add);
    return found.stream().map(rules::get).toList();
  }

  private static boolean overlaps(RouteRule rule, String host) {
    return rule.hosts().stream().anyMatch(own -> HostMatch.overlap(own, host));
  }
}
