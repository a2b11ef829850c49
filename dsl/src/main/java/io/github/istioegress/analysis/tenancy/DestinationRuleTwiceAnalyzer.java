package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.TenancyCode;
import io.github.istioegress.trace.registry.ResolvedNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * EGR510: several DestinationRules of one namespace say the same thing of one host. Istio merges
 * them, and of a policy or a subset that stands twice the first holds.
 */
final class DestinationRuleTwiceAnalyzer implements Analyzer {

  private static final String POLICY = "";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<List<Object>, Map<String, Manifest<DestinationRule>>> saying = new HashMap<>();
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      if (rule.spec().getHost() == null) {
        continue;
      }
      String host = ResolvedNames.host(rule.spec().getHost(), rule.namespace());
      // Rules for other pods, or seen by others, are not merged.
      List<Object> together =
          List.of(
              rule.namespace(),
              host,
              String.valueOf(rule.spec().getWorkloadSelector()),
              rule.spec().getExportTo());
      Map<String, Manifest<DestinationRule>> said =
          saying.computeIfAbsent(together, key -> new HashMap<>());
      if (rule.spec().getTrafficPolicy() != null) {
        tell(said.putIfAbsent(POLICY, rule), rule, host, "spec.trafficPolicy", "a policy", out);
      }
      for (int i = 0; i < rule.spec().getSubsets().size(); i++) {
        Subset subset = rule.spec().getSubsets().get(i);
        String name = Objects.requireNonNullElse(subset.getName(), "");
        Manifest<DestinationRule> first = name.isEmpty() ? null : said.putIfAbsent(name, rule);
        if (first == null || !same(first, name, subset)) {
          tell(first, rule, host, "spec.subsets[" + i + "]", "subset " + name, out);
        }
      }
    }
  }

  private static boolean same(Manifest<DestinationRule> first, String name, Subset subset) {
    return first.spec().getSubsets().stream()
        .anyMatch(one -> name.equals(one.getName()) && one.equals(subset));
  }

  private static void tell(
      @org.jspecify.annotations.Nullable Manifest<DestinationRule> first,
      Manifest<DestinationRule> rule,
      String host,
      String path,
      String what,
      Consumer<Finding> out) {
    if (first != null && !first.key().equals(rule.key())) {
      out.accept(
          rule.finding(TenancyCode.RULE_TWICE, path, rule.key(), what, host, first.key())
              .related(List.of(Manifest.subject(first.key()))));
    }
  }
}
