package io.github.istioegress.analysis.exposure;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Branch;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR408: a NetworkPolicy drops calls to the gateway's pods, for it allows the port of their
 * Service and not their own.
 */
final class NetworkPolicyServicePortAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<ResourceKey, Manifest<NetworkPolicySpec>> policies = new HashMap<>();
    context.networkPolicies().forEach(one -> policies.put(one.key(), one));
    for (Followed call : context.traffic().all()) {
      if (call.trace().outcome() != Outcome.DENIED) {
        continue;
      }
      for (Branch branch : call.trace().branches()) {
        branch.refusedBy().stream()
            .filter(one -> one.path().equals("spec.egress"))
            .map(one -> policies.get(one.resource()))
            .filter(policy -> policy != null)
            .flatMap(policy -> finding(context, call, branch, policy).stream())
            .findFirst()
            .ifPresent(out);
      }
    }
  }

  private static Optional<Finding> finding(
      AnalysisContext context, Followed call, Branch branch, Manifest<NetworkPolicySpec> policy) {
    if (branch.hops().isEmpty()) {
      return Optional.empty();
    }
    Hop hop = branch.hops().get(branch.hops().size() - 1);
    Optional<RegistryService> service = context.model().registry().kubernetes(hop.host());
    Optional<ServicePort> port = service.flatMap(one -> one.port(hop.port()));
    if (port.isEmpty() || port.get().targetPort() == port.get().number()) {
      return Optional.empty();
    }
    HeldPods pods = new HeldPods(anyone(context, call), List.of(policy));
    return pods.rules().stream()
        .filter(rule -> !rule.said().getPorts().isEmpty())
        .filter(rule -> rule.allows("TCP", port.get().number()))
        .filter(rule -> !rule.allows("TCP", port.get().targetPort()))
        .findFirst()
        .map(
            rule ->
                policy
                    .finding(
                        ExposureCode.SERVICE_PORT_ALLOWED,
                        rule.path() + ".ports",
                        policy.key(),
                        port.get().number(),
                        hop.host(),
                        port.get().targetPort())
                    .tracedAs(call.line()));
  }

  private static ReachCaller anyone(AnalysisContext context, Followed call) {
    return context.callers().stream()
        .filter(row -> row.pod().equals(call.caller()))
        .findFirst()
        .orElseGet(() -> context.callers().get(0));
  }
}
