package io.github.istioegress.analysis.hygiene;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HygieneCode;
import io.github.istioegress.trace.registry.ResolvedNames;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR701: a Gateway to which no route is bound, in a set that binds routes to others, and a subset
 * that no route of its host uses.
 */
final class UnusedGatewayAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Set<String> bound = new HashSet<>();
    Set<String> hosts = new HashSet<>();
    Set<List<String>> subsets = new HashSet<>();
    for (Leg leg : context.legs()) {
      bound.addAll(leg.gateways());
      bound.addAll(leg.rule().gateways());
      for (Leg.Target target : leg.targets()) {
        hosts.add(target.host());
        subsets.add(List.of(target.host(), target.subset()));
      }
    }
    Set<String> there = new HashSet<>(Set.of(RouteRule.MESH));
    context.gateways().forEach(one -> there.add(one.namespace() + "/" + one.name()));
    // Where a route names a Gateway that is not there, this one may be what it means.
    boolean told = there.containsAll(bound);
    for (Manifest<Gateway> gateway : context.gateways()) {
      boolean unused = !bound.contains(gateway.namespace() + "/" + gateway.name());
      if (told && unused && isOfEgress(context, gateway, hosts)) {
        out.accept(
            gateway.finding(
                HygieneCode.NOT_USED,
                "metadata.name",
                gateway.key(),
                "to which no VirtualService is bound",
                "calls that come to its servers end with 404 or are refused"));
      }
    }
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      String host =
          ResolvedNames.host(
              Objects.requireNonNullElse(rule.spec().getHost(), ""), rule.namespace());
      for (int i = 0; i < rule.spec().getSubsets().size(); i++) {
        String subset = Objects.requireNonNullElse(rule.spec().getSubsets().get(i).getName(), "");
        // Where none of the rule's is used, another name, or another rule, is what is wrong.
        boolean others =
            rule.spec().getSubsets().stream()
                .anyMatch(
                    one ->
                        subsets.contains(
                            List.of(host, Objects.requireNonNullElse(one.getName(), ""))));
        if (others && !subsets.contains(List.of(host, subset))) {
          out.accept(
              rule.finding(
                  HygieneCode.NOT_USED,
                  "spec.subsets[" + i + "].name",
                  rule.key(),
                  "whose subset %s no route uses".formatted(subset),
                  "what it says holds for no call"));
        }
      }
    }
  }

  /** True where routes of the mesh send calls to the gateway's pods. */
  private static boolean isOfEgress(
      AnalysisContext context, Manifest<Gateway> gateway, Set<String> hosts) {
    return context.model().podsOf(gateway.key()).stream()
        .flatMap(pod -> context.model().registry().servicesOf(pod).stream())
        .anyMatch(service -> hosts.contains(service.hostname()));
  }
}
