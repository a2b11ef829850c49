package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.trace.registry.Endpoint;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ResolvedNames;
import io.github.istioegress.trace.registry.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR113 and EGR114: a subset whose labels no pod or endpoint of the host has, and one that says
 * nothing at all. Before a gateway the latter is as it should be: it only names a route.
 */
final class DestinationRuleEmptySubsetAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      if (rule.spec().getHost() == null || rule.spec().getSubsets().isEmpty()) {
        continue;
      }
      String host = ResolvedNames.host(rule.spec().getHost(), rule.namespace());
      Optional<RegistryService> service =
          context.model().registry().byNamespace(host).values().stream().findFirst();
      if (service.isEmpty() || isHearsay(context, host)) {
        continue;
      }
      List<Map<String, String>> labels = labels(context, service.get());
      for (int i = 0; i < rule.spec().getSubsets().size(); i++) {
        Subset subset = rule.spec().getSubsets().get(i);
        Map<String, String> wanted = subset.getLabels() == null ? Map.of() : subset.getLabels();
        boolean matches =
            labels.stream().anyMatch(one -> one.entrySet().containsAll(wanted.entrySet()));
        if (!wanted.isEmpty() && !labels.isEmpty() && !matches) {
          out.accept(
              rule.finding(
                  ReferenceCode.SUBSET_SELECTS_NOTHING,
                  "spec.subsets[" + i + "].labels",
                  rule.key(),
                  subset.getName(),
                  wanted,
                  host));
        } else if (wanted.isEmpty()
            && subset.getTrafficPolicy() == null
            && !isGateway(context, service.get())) {
          out.accept(
              rule.finding(
                  ReferenceCode.SUBSET_SAYS_NOTHING,
                  "spec.subsets[" + i + "]",
                  rule.key(),
                  subset.getName(),
                  host));
        }
      }
    }
  }

  private static boolean isHearsay(AnalysisContext context, String host) {
    return context.knows().isAssumed(host) || context.knows().isTold(host);
  }

  private static boolean isGateway(AnalysisContext context, RegistryService service) {
    List<Workload> pods = context.model().registry().pods(service);
    return service.kubernetes()
        && (pods.isEmpty()
            || pods.stream().anyMatch(pod -> context.model().gateway(pod).isPresent()));
  }

  /** The labels of all that the host leads to, as far as it is shown. */
  private static List<Map<String, String>> labels(
      AnalysisContext context, RegistryService service) {
    if (service.kubernetes()) {
      return context.model().registry().pods(service).stream().map(Workload::labels).toList();
    }
    if (!service.selector().isEmpty()) {
      return List.of();
    }
    return service.ports().stream()
        .flatMap(port -> port.endpoints().stream())
        .map(Endpoint::labels)
        .toList();
  }
}
