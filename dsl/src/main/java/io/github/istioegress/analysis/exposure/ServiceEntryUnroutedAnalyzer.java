package io.github.istioegress.analysis.exposure;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.Branch;
import io.github.istioegress.trace.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * EGR402: a namespace that is to use a gateway sees a host that no route leads there: its
 * NetworkPolicies drop the calls, or, where the host came from another namespace by name, they
 * leave directly. A host that a namespace declares for itself, and lets out, is its own choice.
 */
final class ServiceEntryUnroutedAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    EgressPolicy policy = context.shared(EgressPolicy.class, EgressPolicy::new);
    Map<ResourceKey, Manifest<ServiceEntry>> entries = new HashMap<>();
    context.serviceEntries().forEach(one -> entries.put(one.key(), one));
    for (List<Followed> calls : context.traffic().byCallerAndHost()) {
      String namespace = calls.get(0).caller().namespace();
      boolean routed = calls.stream().anyMatch(Followed::reachesGateway);
      if (routed || !policy.wantsGateway(namespace)) {
        continue;
      }
      for (Followed call : calls) {
        Manifest<ServiceEntry> entry =
            call.destination().origin() == Origin.DECLARED
                ? entries.get(call.destination().resources().get(0))
                : null;
        if (entry == null || context.meshRules().of(host(call), namespace).isPresent()) {
          continue;
        }
        boolean lent =
            !entry.namespace().equals(namespace)
                && entry.spec().getExportTo().contains(namespace)
                && policy.wantsOnlyGateway(entry.namespace());
        if (isDropped(call) || (lent && call.leavesDirectly())) {
          out.accept(
              entry
                  .finding(
                      ExposureCode.HOST_WITHOUT_GATEWAY,
                      "spec.hosts",
                      entry.key(),
                      host(call),
                      namespace,
                      call.leavesDirectly()
                          ? "leave straight from the sidecar"
                          : "fail: " + call.trace().detail())
                  .tracedAs(call.line()));
          break;
        }
      }
    }
  }

  private static String host(Followed call) {
    return call.destination().host();
  }

  private static boolean isDropped(Followed call) {
    Branch branch = call.trace().branches().get(0);
    return call.trace().outcome() == Outcome.DENIED
        && branch.hops().size() == 1
        && branch.refusedBy().stream()
            .anyMatch(one -> one.resource().kind().equals(ResourceKind.NETWORK_POLICY.kind()));
  }
}
