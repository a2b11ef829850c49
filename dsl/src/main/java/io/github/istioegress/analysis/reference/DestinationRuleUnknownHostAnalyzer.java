package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.trace.envoy.Cidr;
import io.github.istioegress.trace.registry.ResolvedNames;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR110: a DestinationRule is for a host that is not there. */
final class DestinationRuleUnknownHostAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Hosts hosts = new Hosts(context);
    TreeSet<String> reversed = new TreeSet<>();
    hosts.outside().forEach(host -> reversed.add(reversed(host)));
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      // Of an address EGR608 tells.
      if (rule.spec().getHost() == null || Cidr.parse(rule.spec().getHost()).isPresent()) {
        continue;
      }
      String host = ResolvedNames.host(rule.spec().getHost(), rule.namespace());
      Optional<Hosts.Missing> missing =
          host.startsWith("*")
              ? wildcard(host, reversed)
              : hosts.missing(host).or(() -> slip(host, hosts));
      missing.ifPresent(
          why ->
              out.accept(
                  rule.finding(
                      ReferenceCode.RULE_HOST_NOT_FOUND,
                      "spec.host",
                      rule.key(),
                      host,
                      why.why(),
                      why.remedy())));
    }
  }

  /** The namespace may be one of which nothing is shown, because it is not there. */
  private static Optional<Hosts.Missing> slip(String host, Hosts hosts) {
    return hosts.services().contains(host) || !host.endsWith(".svc.cluster.local")
        ? Optional.empty()
        : NearMiss.of(host, hosts.services())
            .map(
                near ->
                    new Hosts.Missing(
                        false, "of which nothing is shown", "Write %s".formatted(near)));
  }

  /**
   * One of outside hosts covers some of them; one of the cluster's domain is for all its Services.
   */
  private static Optional<Hosts.Missing> wildcard(String host, NavigableSet<String> reversed) {
    String suffix = reversed(host.substring(1));
    String next = reversed.ceiling(suffix);
    boolean covers = next != null && next.startsWith(suffix);
    boolean ofCluster = host.equals("*") || host.endsWith(".local");
    return covers || ofCluster || reversed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Hosts.Missing(
                true,
                "and no ServiceEntry declares a host of it",
                "Declare a host of it, or name one that is declared"));
  }

  private static String reversed(String host) {
    return new StringBuilder(host).reverse().toString();
  }
}
