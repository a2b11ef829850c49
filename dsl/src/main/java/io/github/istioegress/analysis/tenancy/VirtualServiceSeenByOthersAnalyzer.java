package io.github.istioegress.analysis.tenancy;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.finding.TenancyCode;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR501: routes of a tenant that sidecars of others obey. */
final class VirtualServiceSeenByOthersAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Owners owners = Owners.of(context);
    for (RouteRule rule : context.model().routeRules()) {
      String own = rule.namespace();
      if (rule.ofGatewayApi() || !rule.gateways().contains(RouteRule.MESH)) {
        continue;
      }
      // A Service's own routes are for its callers, whoever they are.
      List<String> hosts =
          rule.hosts().stream()
              .filter(host -> !host.endsWith("." + own + ".svc.cluster.local"))
              .toList();
      Set<String> seenIn = seenIn(context, owners, rule);
      if (!owners.hasCallers(own) || hosts.isEmpty() || seenIn.isEmpty()) {
        continue;
      }
      String where =
          seenIn.contains("*") ? "every namespace" : "namespace " + String.join(", ", seenIn);
      out.accept(
          Manifest.finding(
                  rule.resource(),
                  TenancyCode.ROUTES_SEEN_BY_OTHERS,
                  "spec.exportTo",
                  rule.resource().key(),
                  String.join(", ", hosts),
                  where,
                  own)
              .as(context.isIsolated() ? Severity.ERROR : Severity.WARNING));
    }
  }

  private static Set<String> seenIn(AnalysisContext context, Owners owners, RouteRule rule) {
    Set<String> effective =
        ExportTo.effective(
            rule.spec().getExportTo(), context.model().config().exportDefaults().virtualServices());
    if (effective.contains("*")) {
      return Set.of("*");
    }
    Set<String> others = new TreeSet<>(effective);
    others.removeIf(
        name ->
            name.equals(".")
                || name.equals("~")
                || name.equals(rule.namespace())
                || owners.isPlatform(name));
    // Who lists a namespace means it, unless tenants are to be kept apart.
    return context.isIsolated() ? others : Set.of();
  }
}
