package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.Sidecar;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR320: two Sidecars without a selector in one namespace, two that select the same pods, or one
 * with a selector in the root namespace, where it is for pods of that namespace alone.
 */
final class SidecarCompetingAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, List<Workload>> pods = new HashMap<>();
    context
        .model()
        .registry()
        .workloads()
        .forEach(pod -> pods.computeIfAbsent(pod.namespace(), n -> new ArrayList<>()).add(pod));
    Map<List<Object>, Manifest<Sidecar>> bySelector = new HashMap<>();
    Map<Workload, Manifest<Sidecar>> byPod = new HashMap<>();
    for (Manifest<Sidecar> sidecar : context.sidecars()) {
      Map<String, String> selector = selector(sidecar);
      Manifest<Sidecar> there =
          bySelector.putIfAbsent(List.of(sidecar.namespace(), selector), sidecar);
      if (there != null) {
        out.accept(
            twice(sidecar, there, selector.isEmpty() ? "the whole namespace" : "the same labels"));
      } else if (!selector.isEmpty()) {
        List<Workload> home = pods.getOrDefault(sidecar.namespace(), List.of());
        Set<Manifest<Sidecar>> told = new HashSet<>();
        home.stream()
            .filter(pod -> pod.has(selector))
            .forEach(
                pod -> {
                  Manifest<Sidecar> other = byPod.putIfAbsent(pod, sidecar);
                  if (other != null && told.add(other)) {
                    out.accept(twice(sidecar, other, "pods of " + pod.name()));
                  }
                });
        if (sidecar.namespace().equals(context.model().config().rootNamespace())
            && home.stream().noneMatch(pod -> pod.has(selector))) {
          out.accept(ofRoot(sidecar, selector));
        }
      }
    }
  }

  private static Map<String, String> selector(Manifest<Sidecar> sidecar) {
    Map<String, String> labels =
        sidecar.spec().getWorkloadSelector() == null
            ? null
            : sidecar.spec().getWorkloadSelector().getLabels();
    return labels == null ? Map.of() : labels;
  }

  private static Finding twice(Manifest<Sidecar> sidecar, Manifest<Sidecar> other, String what) {
    return sidecar
        .finding(
            RoutingCode.SIDECARS_COMPETE,
            sidecar.spec().getWorkloadSelector() == null
                ? "metadata.name"
                : "spec.workloadSelector",
            sidecar.key(),
            "is for " + what,
            "so is %s, and Istio follows the older alone".formatted(other.key()),
            "Make one Sidecar of the two, or give them selectors that do not meet")
        .related(List.of(Manifest.subject(other.key())));
  }

  private static Finding ofRoot(Manifest<Sidecar> sidecar, Map<String, String> selector) {
    return sidecar
        .finding(
            RoutingCode.SIDECARS_COMPETE,
            "spec.workloadSelector",
            sidecar.key(),
            "selects pods with " + selector,
            "in the root namespace this is for pods of %s alone, not for the mesh"
                .formatted(sidecar.namespace()),
            "Leave the selector out to speak for the mesh, or put the Sidecar where the pods are")
        .as(Severity.WARNING);
  }
}
