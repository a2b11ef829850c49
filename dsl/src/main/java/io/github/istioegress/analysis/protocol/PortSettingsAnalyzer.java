package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ResolvedNames;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** EGR217: a DestinationRule says something for a port that its host does not have. */
final class PortSettingsAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, TreeSet<Integer>> declared = new HashMap<>();
    for (RegistryService service : context.model().registry().all()) {
      TreeSet<Integer> ports =
          declared.computeIfAbsent(service.hostname(), host -> new TreeSet<>());
      service.ports().stream().map(ServicePort::number).forEach(ports::add);
    }
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      if (rule.spec().getHost() == null || rule.spec().getHost().startsWith("*")) {
        continue;
      }
      String host = ResolvedNames.host(rule.spec().getHost(), rule.namespace());
      if (context.knows().isAssumed(host) || context.knows().isTold(host)) {
        continue;
      }
      TreeSet<Integer> ports = declared.get(host);
      if (ports == null || ports.isEmpty()) {
        continue;
      }
      judge(rule, host, ports, "spec.trafficPolicy", rule.spec().getTrafficPolicy(), out);
      List<Subset> subsets = rule.spec().getSubsets();
      for (int i = 0; i < subsets.size(); i++) {
        String path = "spec.subsets[" + i + "].trafficPolicy";
        judge(rule, host, ports, path, subsets.get(i).getTrafficPolicy(), out);
      }
    }
  }

  private static void judge(
      Manifest<DestinationRule> rule,
      String host,
      Set<Integer> ports,
      String path,
      @Nullable TrafficPolicy policy,
      Consumer<Finding> out) {
    List<TrafficPolicyPortTrafficPolicy> settings =
        policy == null ? List.of() : policy.getPortLevelSettings();
    for (int i = 0; i < settings.size(); i++) {
      TrafficPolicyPortTrafficPolicy said = settings.get(i);
      int number = said.getPort() == null ? 0 : Metadata.number(said.getPort().getNumber());
      if (number != 0 && !ports.contains(number)) {
        out.accept(
            rule.finding(
                ProtocolCode.TLS_BEGUN_TWICE,
                path + ".portLevelSettings[" + i + "].port.number",
                rule.key(),
                "has settings for port %s of %s, which has %s: they hold nowhere, and calls go without them"
                    .formatted(number, host, words(ports)),
                "Say them for the port that the last proxy sends to, before targetPort"));
      }
    }
  }

  private static String words(Set<Integer> ports) {
    return (ports.size() == 1 ? "only port " : "ports ")
        + ports.toString().replaceAll("[\\[\\]]", "");
  }
}
