package io.github.istioegress.analysis.reference;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * EGR104: a route leads to a Service that is not there, where the manifests show the Services of
 * its namespace.
 */
final class VirtualServiceUnknownDestinationAnalyzer implements Analyzer {

  private static final String CLUSTER_DOMAIN = ".svc.cluster.local";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    TreeSet<String> services = new TreeSet<>();
    for (RegistryService service : context.model().registry().all()) {
      if (service.kubernetes() && !context.knows().isAssumed(service.hostname())) {
        services.add(service.hostname());
      }
    }
    Map<String, String> nearest = new HashMap<>();
    for (Leg leg : context.legs()) {
      for (Leg.Target target : leg.targets()) {
        String host = target.host();
        if (target.mirror()
            || !host.endsWith(CLUSTER_DOMAIN)
            || !context.model().registry().byNamespace(host).isEmpty()) {
          continue;
        }
        String near = nearest.computeIfAbsent(host, h -> NearMiss.of(h, services).orElse(""));
        String namespace = namespace(host);
        if (!near.isEmpty() || context.knows().services(namespace)) {
          out.accept(
              leg.finding(
                  ReferenceCode.DESTINATION_NOT_FOUND,
                  target.path() + ".host",
                  leg.resource().key(),
                  host,
                  "and namespace %s has no such Service".formatted(namespace),
                  near.isEmpty()
                      ? "Name a Service that is there, or add this one"
                      : "Write %s, which is there".formatted(near)));
        }
      }
    }
  }

  private static String namespace(String host) {
    List<String> labels = List.of(host.split("\\.", -1));
    return labels.size() > 1 ? labels.get(1) : "";
  }
}
