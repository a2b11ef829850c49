package io.github.istioegress.trace.envoy;

import io.github.istioegress.trace.registry.Decision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A filter chain of a listener: which connections it takes, and what it does with them.
 *
 * @param serverNames the SNIs it takes; empty for any
 * @param cidrs the destinations it takes; empty for any
 * @param plainHttp true where it takes only what looks like plaintext HTTP
 * @param terminates the TLS that it ends, as the mode of the server; empty for none
 * @param routeConfig the name of its HTTP routes; empty for a chain of bytes
 * @param clusters where it sends bytes
 * @param policyNamespaces the namespaces, beside the root, whose AuthorizationPolicies it asks;
 *     empty where it asks none
 * @param decisions what made it
 */
public record FilterChain(
    List<String> serverNames,
    List<String> cidrs,
    boolean plainHttp,
    Optional<String> terminates,
    Optional<String> routeConfig,
    List<WeightedCluster> clusters,
    List<String> policyNamespaces,
    List<Decision> decisions) {

  static FilterChain bytes(
      List<String> serverNames,
      List<String> cidrs,
      List<WeightedCluster> clusters,
      List<Decision> decisions) {
    return new FilterChain(
        serverNames,
        cidrs,
        false,
        Optional.empty(),
        Optional.empty(),
        clusters,
        List.of(),
        decisions);
  }

  static FilterChain http(String routeConfig, boolean plainHttp, List<Decision> decisions) {
    return new FilterChain(
        List.of(),
        List.of(),
        plainHttp,
        Optional.empty(),
        Optional.of(routeConfig),
        List.of(),
        List.of(),
        decisions);
  }

  /** The same, asking the policies of these namespaces and of the root. */
  FilterChain asking(List<String> namespaces) {
    return new FilterChain(
        serverNames, cidrs, plainHttp, terminates, routeConfig, clusters, namespaces, decisions);
  }

  /** True where it takes every connection. */
  boolean takesAll() {
    return (serverNames.isEmpty() || serverNames.contains("*")) && !plainHttp && cidrs.isEmpty();
  }

  /** What Envoy tells chains apart by. */
  record Match(boolean plainHttp, Set<String> names, Set<String> prefixes) {}

  /** True where Envoy could not tell it from another. */
  boolean sameMatch(FilterChain other) {
    return match().equals(other.match());
  }

  /** What it takes. */
  Match match() {
    return new Match(plainHttp, names(serverNames), prefixes(cidrs));
  }

  private static TreeSet<String> names(List<String> serverNames) {
    TreeSet<String> names = new TreeSet<>(serverNames);
    names.remove("*");
    return names;
  }

  private static TreeSet<String> prefixes(List<String> cidrs) {
    TreeSet<String> prefixes = new TreeSet<>();
    for (String cidr : cidrs) {
      Cidr.parse(cidr).filter(c -> !c.isUnspecified()).ifPresent(c -> prefixes.add(c.toString()));
    }
    return prefixes;
  }
}
