package io.github.istioegress.trace.policy;

import io.fabric8.istio.api.api.security.v1beta1.Condition;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.api.security.v1beta1.RuleTo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of policies of one action, by the host or the server name that a call must bear for
 * them to hold. At a gateway of many tenants most rules are for other hosts.
 */
final class RuleIndex {

  private static final String SNI = "connection.sni";

  private final boolean narrows;
  private final List<Held> all = new ArrayList<>();
  private final List<Held> forAny = new ArrayList<>();
  private final Map<String, List<Held>> byServerName = new HashMap<>();
  private final Map<String, List<Held>> byHost = new HashMap<>();

  /**
   * A rule of a policy.
   *
   * @param order its place among all rules
   * @param policy the policy
   * @param index its place in the policy
   */
  record Held(int order, HeldPolicy policy, int index) {
    Rule rule() {
      return policy.rules().get(index);
    }
  }

  RuleIndex(List<HeldPolicy> policies) {
    this.narrows = policies.stream().allMatch(HeldPolicy::narrows);
    for (HeldPolicy policy : policies) {
      for (int i = 0; i < policy.rules().size(); i++) {
        add(new Held(all.size(), policy, i));
      }
    }
  }

  private void add(Held held) {
    all.add(held);
    Optional<Set<String>> serverNames = serverNames(held.rule());
    Optional<Set<String>> hosts = hosts(held.rule());
    if (serverNames.isPresent()) {
      put(byServerName, serverNames.get(), held);
    } else if (hosts.isPresent()) {
      put(byHost, hosts.get(), held);
    } else {
      forAny.add(held);
    }
  }

  private static void put(Map<String, List<Held>> index, Set<String> keys, Held held) {
    keys.forEach(key -> index.computeIfAbsent(key, k -> new ArrayList<>()).add(held));
  }

  /** The rules that may hold for a call, in order; all others do not. */
  List<Held> mayHold(Access access) {
    if (access.request().isEmpty() && !narrows) {
      // Where a proxy passes bytes on, what such a rule says of hosts does not count.
      return all;
    }
    Stream<Held> ofHost =
        access.request().stream()
            .flatMap(request -> byHost.getOrDefault(bare(request.host()), List.of()).stream());
    return Stream.of(
            forAny.stream(), byServerName.getOrDefault(access.sni(), List.of()).stream(), ofHost)
        .flatMap(rules -> rules)
        .sorted(Comparator.comparingInt(Held::order))
        .toList();
  }

  /** The server names of which a call must bear one; empty where it may bear any. */
  private static Optional<Set<String>> serverNames(Rule rule) {
    return rule.getWhen().stream()
        .filter(when -> SNI.equals(when.getKey()) && !when.getValues().isEmpty())
        .map(Condition::getValues)
        .filter(values -> values.stream().noneMatch(RuleIndex::isOpen))
        .findFirst()
        .map(LinkedHashSet::new);
  }

  /** The hosts, without ports, of which a request must bear one; empty where it may bear any. */
  private static Optional<Set<String>> hosts(Rule rule) {
    Set<String> hosts = new LinkedHashSet<>();
    for (RuleTo to : rule.getTo()) {
      List<String> said = to.getOperation() == null ? List.of() : to.getOperation().getHosts();
      if (said.isEmpty() || said.stream().anyMatch(host -> isOpen(host) && !isAnyPort(host))) {
        return Optional.empty();
      }
      said.forEach(host -> hosts.add(bare(host)));
    }
    return hosts.isEmpty() ? Optional.empty() : Optional.of(hosts);
  }

  private static boolean isOpen(String value) {
    return value.startsWith("*") || value.endsWith("*");
  }

  private static boolean isAnyPort(String host) {
    return !host.startsWith("*") && host.indexOf(':') >= 0;
  }

  private static String bare(String host) {
    int colon = host.indexOf(':');
    return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
  }
}
