package io.github.istioegress.analysis.exposure;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.Trace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR405: pods that are to use a gateway can go around their sidecar, for no NetworkPolicy of their
 * namespace holds them all, though the set holds those of other namespaces, or some of theirs.
 */
final class NamespaceNotHeldAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    EgressPolicy policy = context.shared(EgressPolicy.class, EgressPolicy::new);
    Set<String> callers = new HashSet<>();
    context.callers().forEach(row -> callers.add(row.pod().namespace()));
    Set<String> held = new HashSet<>();
    Map<String, Manifest<NetworkPolicySpec>> inPart = new HashMap<>();
    for (Manifest<NetworkPolicySpec> one : context.networkPolicies()) {
      if (one.spec().getPolicyTypes().contains("Egress") || !one.spec().getEgress().isEmpty()) {
        if (isForAll(one)) {
          held.add(one.namespace());
        } else {
          inPart.putIfAbsent(one.namespace(), one);
        }
      }
    }
    boolean usual = held.stream().anyMatch(callers::contains);
    Set<String> told = new HashSet<>();
    for (ReachCaller row : context.callers()) {
      String namespace = row.pod().namespace();
      Optional<Manifest<NetworkPolicySpec>> some = Optional.ofNullable(inPart.get(namespace));
      if (held.contains(namespace)
          || !(usual || some.isPresent())
          || !policy.wantsGateway(namespace)
          || told.contains(namespace)) {
        continue;
      }
      Optional<Trace> around = policy.passingAround(row.pod());
      Optional<Resource> about =
          some.map(Manifest::resource).or(() -> resource(context, row, namespace));
      if (around.isPresent() && about.isPresent()) {
        told.add(namespace);
        out.accept(
            Manifest.finding(
                    about.get(),
                    ExposureCode.NOT_HELD,
                    some.isPresent() ? "spec.podSelector" : "metadata.name",
                    about.get().key(),
                    namespace,
                    some.isPresent()
                        ? "it holds some of them alone"
                        : "has no NetworkPolicy for egress")
                .tracedAs(AnalysisContext.shortly(around.get())));
      }
    }
  }

  private static boolean isForAll(Manifest<NetworkPolicySpec> policy) {
    return policy.spec().getPodSelector() == null
        || (policy.spec().getPodSelector().getMatchLabels().isEmpty()
            && policy.spec().getPodSelector().getMatchExpressions().isEmpty());
  }

  /** What stands for a namespace: its own manifest, a workload, or one of its hosts. */
  private static Optional<Resource> resource(
      AnalysisContext context, ReachCaller row, String namespace) {
    return context
        .resources()
        .find(ResourceKind.NAMESPACE.key("", namespace))
        .or(() -> row.workload().flatMap(context.resources()::find))
        .or(
            () ->
                context.resources().of(ResourceKind.SERVICE_ENTRY).stream()
                    .filter(one -> one.key().namespace().equals(namespace))
                    .findFirst());
  }
}
