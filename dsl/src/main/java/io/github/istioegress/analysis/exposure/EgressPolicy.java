package io.github.istioegress.analysis.exposure;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.trace.Around;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What counts as a policy by which calls have to pass a gateway; a set without one is a set in
 * which a gateway is a way, and not the only one. It takes two things. Somebody holds egress back:
 * the set names tenants, teams or owners, has NetworkPolicies for egress, came as one of tenants
 * ({@link AnalysisContext#isIsolated}), or the mesh is REGISTRY_ONLY. And the namespace is led:
 * some declared call of its pods comes to a gateway.
 */
final class EgressPolicy {

  private static final Around AROUND = new Around("the pod goes around its proxy", false);

  private final AnalysisContext context;
  private final Set<String> led = new HashSet<>();
  private final Set<String> free = new HashSet<>();

  EgressPolicy(AnalysisContext context) {
    this.context = context;
    for (Followed call : context.traffic().all()) {
      if (call.reachesGateway()) {
        led.add(call.caller().namespace());
      } else if (call.leavesDirectly()) {
        free.add(call.caller().namespace());
      }
    }
  }

  /** True where somebody holds egress back. */
  boolean holds() {
    return context.isIsolated()
        || context.model().config().outboundTrafficPolicy() == OutboundTrafficPolicy.REGISTRY_ONLY;
  }

  /** True for a namespace that is to use a gateway. */
  boolean wantsGateway(String namespace) {
    return holds() && led.contains(namespace);
  }

  /** True for a namespace that is to use nothing but a gateway. */
  boolean wantsOnlyGateway(String namespace) {
    return wantsGateway(namespace) && !free.contains(namespace);
  }

  /** A call to a host that nothing declares, where it passes. */
  Optional<Trace> passing(Caller caller) {
    return undeclared().stream()
        .map(to -> context.trace(to.from(caller)))
        .filter(trace -> trace.outcome() == Outcome.PASSTHROUGH)
        .findFirst();
  }

  /** The same of a pod that goes around its proxy. */
  Optional<Trace> passingAround(Caller caller) {
    return undeclared().stream()
        .map(to -> context.model().tracer().trace(to.from(caller), AROUND))
        .filter(trace -> trace.outcome().leaves())
        .findFirst();
  }

  private List<ReachDestination> undeclared() {
    return context.destinations().stream()
        .filter(one -> one.origin() == Origin.UNDECLARED)
        .toList();
  }
}
