package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.finding.TenancyCode;
import io.github.istioegress.resource.HostMatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR505: a Gateway of an egress gateway takes more hosts than its routes are for. */
final class GatewayWideHostAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Owners owners = Owners.of(context);
    Map<String, Set<String>> routed = new HashMap<>();
    for (Leg leg : context.legs()) {
      for (String gateway : leg.gateways()) {
        routed.computeIfAbsent(gateway, g -> new TreeSet<>()).addAll(leg.rule().hosts());
      }
    }
    for (Manifest<Gateway> gateway : context.gateways()) {
      boolean egress =
          context.model().podsOf(gateway.key()).stream()
              .anyMatch(owners.egressGateways()::containsKey);
      Set<String> hosts = routed.getOrDefault(gateway.namespace() + "/" + gateway.name(), Set.of());
      if (egress && !hosts.isEmpty()) {
        for (ServedHost served : ServedHost.all(gateway).keySet()) {
          judge(context, served, hosts, out);
        }
      }
    }
  }

  private static void judge(
      AnalysisContext context, ServedHost served, Set<String> routed, Consumer<Finding> out) {
    boolean wide = HostMatch.isWildcard(served.host());
    boolean meant = routed.stream().anyMatch(host -> HostMatch.covered(served.host(), host));
    boolean used = routed.stream().anyMatch(host -> HostMatch.covered(host, served.host()));
    if (wide && used && !meant) {
      out.accept(
          served
              .gateway()
              .finding(
                  TenancyCode.SERVER_TOO_WIDE,
                  served.path(),
                  served.gateway().key(),
                  served.host(),
                  String.join(", ", routed))
              .as(context.isIsolated() ? Severity.ERROR : Severity.WARNING));
    }
  }
}
