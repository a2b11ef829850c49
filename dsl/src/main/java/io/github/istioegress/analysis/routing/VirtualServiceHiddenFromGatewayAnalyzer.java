package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * EGR308: a VirtualService is bound to a Gateway, and not exported to the namespace of its pods. It
 * does no harm where another one carries the host there.
 */
final class VirtualServiceHiddenFromGatewayAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Gateways gateways = context.shared(Gateways.class, Gateways::new);
    Map<String, Followed> byHost = new HashMap<>();
    Set<String> passing = context.traffic().hostsThroughGateway();
    for (Followed call : context.traffic().all()) {
      if (call.reachesGateway()) {
        byHost.putIfAbsent(call.destination().host(), call);
      }
    }
    for (RouteRule rule : context.model().routeRules()) {
      if (rule.ofGatewayApi() || rule.hosts().stream().anyMatch(passing::contains)) {
        continue;
      }
      Set<String> exportTo =
          ExportTo.effective(
              rule.spec().getExportTo(),
              context.model().config().exportDefaults().virtualServices());
      for (String name : rule.gateways()) {
        List<Workload> pods = gateways.named(name).map(gateways::pods).orElse(List.of());
        boolean seen =
            pods.stream()
                .anyMatch(pod -> ExportTo.visible(exportTo, rule.namespace(), pod.namespace()));
        if (!pods.isEmpty() && !seen) {
          out.accept(
              Manifest.finding(
                      rule.resource(),
                      RoutingCode.HIDDEN_FROM_GATEWAY,
                      "spec.exportTo",
                      rule.resource().key(),
                      "Gateway " + name,
                      pods.get(0).namespace(),
                      words(exportTo, rule.namespace()))
                  .tracedAs(
                      rule.hosts().stream()
                          .flatMap(host -> Stream.ofNullable(byHost.get(host)))
                          .findFirst()
                          .map(Followed::line)
                          .orElse("")));
          break;
        }
      }
    }
  }

  /** An exportTo in words. */
  static String words(Set<String> exportTo, String home) {
    Set<String> names = new TreeSet<>();
    exportTo.forEach(one -> names.add(one.equals(".") ? home : one.equals("~") ? "nobody" : one));
    return String.join(", ", names);
  }
}
