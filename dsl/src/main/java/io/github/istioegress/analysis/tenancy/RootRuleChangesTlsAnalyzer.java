package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.finding.TenancyCode;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.ResolvedNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR511: a DestinationRule of the root namespace decides the TLS of a host that a tenant declares
 * and has no rule for.
 */
final class RootRuleChangesTlsAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    String root = context.model().config().rootNamespace();
    Map<String, Manifest<DestinationRule>> ofRoot = new HashMap<>();
    Set<List<String>> own = new HashSet<>();
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      if (rule.spec().getHost() == null) {
        continue;
      }
      String host = ResolvedNames.host(rule.spec().getHost(), rule.namespace());
      boolean seen =
          ExportTo.effective(
                  rule.spec().getExportTo(),
                  context.model().config().exportDefaults().destinationRules())
              .contains("*");
      if (rule.namespace().equals(root) && seen && changesTls(rule)) {
        ofRoot.putIfAbsent(host, rule);
      } else {
        own.add(List.of(rule.namespace(), host));
      }
    }
    Owners owners = Owners.of(context);
    for (Manifest<ServiceEntry> entry :
        ofRoot.isEmpty() ? List.<Manifest<ServiceEntry>>of() : context.serviceEntries()) {
      if (owners.isPlatform(entry.namespace())) {
        continue;
      }
      for (int i = 0; i < entry.spec().getHosts().size(); i++) {
        String host = entry.spec().getHosts().get(i);
        String path = "spec.hosts[" + i + "]";
        if (!own.contains(List.of(entry.namespace(), host))) {
          HostMatch.mostSpecific(host, ofRoot)
              .ifPresent(rule -> tell(context, entry, path, host, rule, out));
        }
      }
    }
  }

  private static boolean changesTls(Manifest<DestinationRule> rule) {
    return rule.spec().getTrafficPolicy() != null
        && (rule.spec().getTrafficPolicy().getTls() != null
            || rule.spec().getTrafficPolicy().getPortLevelSettings().stream()
                .anyMatch(port -> port.getTls() != null));
  }

  private static void tell(
      AnalysisContext context,
      Manifest<ServiceEntry> entry,
      String path,
      String host,
      Manifest<DestinationRule> rule,
      Consumer<Finding> out) {
    out.accept(
        entry
            .finding(TenancyCode.ROOT_RULE_CHANGES_TLS, path, entry.key(), host, rule.key())
            .related(List.of(Manifest.subject(rule.key())))
            .as(context.isIsolated() ? Severity.ERROR : Severity.WARNING));
  }
}
