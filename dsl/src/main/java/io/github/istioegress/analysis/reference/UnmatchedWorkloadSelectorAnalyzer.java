package io.github.istioegress.analysis.reference;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * EGR115: a workload selector selects none of the pods that are shown of its namespace. In a
 * gateway's namespace, where pods of the installation are not shown, only a slip is told.
 */
final class UnmatchedWorkloadSelectorAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, List<Workload>> pods = new HashMap<>();
    for (Workload pod : context.model().registry().workloads()) {
      pods.computeIfAbsent(pod.namespace(), namespace -> new ArrayList<>()).add(pod);
    }
    context
        .sidecars()
        .forEach(
            one -> {
              if (one.spec().getWorkloadSelector() != null) {
                Map<String, String> labels = one.spec().getWorkloadSelector().getLabels();
                judge(context, one, "spec.workloadSelector", labels, pods, out);
              }
            });
    context
        .serviceEntries()
        .forEach(
            one -> {
              if (one.spec().getWorkloadSelector() != null) {
                Map<String, String> labels = one.spec().getWorkloadSelector().getLabels();
                judge(context, one, "spec.workloadSelector", labels, pods, out);
              }
            });
    context
        .destinationRules()
        .forEach(
            one -> {
              if (one.spec().getWorkloadSelector() != null) {
                Map<String, String> labels = one.spec().getWorkloadSelector().getMatchLabels();
                judge(context, one, "spec.workloadSelector", labels, pods, out);
              }
            });
    context
        .authorizationPolicies()
        .forEach(
            one -> {
              if (one.spec().getSelector() != null) {
                Map<String, String> labels = one.spec().getSelector().getMatchLabels();
                judge(context, one, "spec.selector", labels, pods, out);
              }
            });
  }

  private static void judge(
      AnalysisContext context,
      Manifest<?> manifest,
      String path,
      @Nullable Map<String, String> labels,
      Map<String, List<Workload>> pods,
      Consumer<Finding> out) {
    List<Workload> there = pods.getOrDefault(manifest.namespace(), List.of());
    boolean everywhere = manifest.namespace().equals(context.model().config().rootNamespace());
    if (labels == null || labels.isEmpty() || there.isEmpty()) {
      return;
    }
    if (there.stream().anyMatch(pod -> pod.has(labels))) {
      return;
    }
    boolean ofGateway = there.stream().anyMatch(pod -> context.model().gateway(pod).isPresent());
    if ((everywhere || ofGateway)
        ? isSlip(labels, there)
        : context.knows().pods(manifest.namespace())) {
      out.accept(
          manifest.finding(
              ReferenceCode.SELECTOR_SELECTS_NOTHING,
              path,
              manifest.key(),
              labels,
              manifest.namespace()));
    }
  }

  private static boolean isSlip(Map<String, String> labels, List<Workload> pods) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      TreeSet<String> values = new TreeSet<>();
      pods.forEach(pod -> values.add(pod.labels().getOrDefault(label.getKey(), "")));
      if (!values.contains(label.getValue()) && NearMiss.of(label.getValue(), values).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
