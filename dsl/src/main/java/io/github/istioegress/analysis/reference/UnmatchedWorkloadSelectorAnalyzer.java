package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.Sidecar;
import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicy;
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
    String workload = "spec.workloadSelector";
    for (Manifest<Sidecar> one : context.sidecars()) {
      if (one.spec().getWorkloadSelector() != null) {
        judge(context, one, workload, one.spec().getWorkloadSelector().getLabels(), pods, out);
      }
    }
    for (Manifest<ServiceEntry> one : context.serviceEntries()) {
      if (one.spec().getWorkloadSelector() != null) {
        judge(context, one, workload, one.spec().getWorkloadSelector().getLabels(), pods, out);
      }
    }
    for (Manifest<DestinationRule> one : context.destinationRules()) {
      if (one.spec().getWorkloadSelector() != null) {
        judge(context, one, workload, one.spec().getWorkloadSelector().getMatchLabels(), pods, out);
      }
    }
    for (Manifest<AuthorizationPolicy> one : context.authorizationPolicies()) {
      if (one.spec().getSelector() != null) {
        judge(context, one, "spec.selector", one.spec().getSelector().getMatchLabels(), pods, out);
      }
    }
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
