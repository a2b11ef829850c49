package io.github.istioegress.analysis.exposure;

import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * EGR415 and EGR416: a gateway through which calls leave can be reached from outside, or shares its
 * namespace with workloads of others.
 */
final class GatewayServiceExposedAnalyzer implements Analyzer {

  private static final Set<String> OPEN = Set.of("LoadBalancer", "NodePort");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Set<String> used = new HashSet<>();
    for (Followed call : context.traffic().all()) {
      List<Hop> hops = call.hops().toList();
      for (int i = 1; i < hops.size(); i++) {
        if (hops.get(i).gateway()) {
          used.add(hops.get(i - 1).host());
        }
      }
    }
    for (Manifest<ServiceSpec> service : context.services()) {
      String host = service.name() + "." + service.namespace() + ".svc.cluster.local";
      if (!used.contains(host)) {
        continue;
      }
      String type = service.spec().getType() == null ? "ClusterIP" : service.spec().getType();
      if (OPEN.contains(type)) {
        out.accept(service.finding(ExposureCode.GATEWAY_EXPOSED, "spec.type", service.key(), type));
      }
      if (context.isIsolated()) {
        among(context, service, host).ifPresent(out);
      }
    }
  }

  private static Optional<Finding> among(
      AnalysisContext context, Manifest<ServiceSpec> service, String host) {
    Optional<Workload> pod =
        context.model().registry().kubernetes(host).stream()
            .flatMap(one -> context.model().registry().pods(one).stream())
            .findFirst();
    return context.callers().stream()
        .filter(row -> row.workload().isPresent())
        .filter(row -> row.pod().namespace().equals(service.namespace()))
        .map(ReachCaller::name)
        .findFirst()
        .flatMap(
            other ->
                pod.map(
                    own ->
                        service.finding(
                            ExposureCode.GATEWAY_AMONG_WORKLOADS,
                            "metadata.namespace",
                            service.key(),
                            service.namespace(),
                            other,
                            new TreeMap<>(own.labels()))));
  }
}
