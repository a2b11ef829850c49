package io.github.istioegress.analysis.exposure;

import io.fabric8.istio.api.api.networking.v1alpha3.OutboundTrafficPolicyMode;
import io.fabric8.istio.api.api.networking.v1alpha3.Sidecar;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.trace.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** EGR404: a Sidecar opens again what the mesh, or a policy for a gateway, closes. */
final class SidecarOpenAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    EgressPolicy policy = context.shared(EgressPolicy.class, EgressPolicy::new);
    boolean closed =
        context.model().config().outboundTrafficPolicy() == OutboundTrafficPolicy.REGISTRY_ONLY;
    for (Manifest<Sidecar> sidecar : context.sidecars()) {
      if (sidecar.spec().getOutboundTrafficPolicy() == null) {
        continue;
      }
      OutboundTrafficPolicyMode mode = sidecar.spec().getOutboundTrafficPolicy().getMode();
      if (mode == null && sidecar.spec().getOutboundTrafficPolicy().getEgressProxy() == null) {
        out.accept(
            finding(sidecar, "says no mode, which counts as REGISTRY_ONLY", "are refused")
                .as(Severity.INFO));
      } else if (mode == OutboundTrafficPolicyMode.ALLOW_ANY
          && (closed || policy.wantsGateway(sidecar.namespace()))) {
        Caller caller = caller(context, sidecar);
        policy
            .passing(caller)
            .map(
                trace ->
                    finding(sidecar, "says ALLOW_ANY", "pass as dialled")
                        .tracedAs(AnalysisContext.shortly(trace)))
            .ifPresent(out);
      }
    }
  }

  private static Caller caller(AnalysisContext context, Manifest<Sidecar> sidecar) {
    Map<String, String> labels =
        sidecar.spec().getWorkloadSelector() == null
            ? null
            : sidecar.spec().getWorkloadSelector().getLabels();
    Map<String, String> wanted = labels == null ? Map.of() : labels;
    Optional<Caller> pod =
        context.callers().stream()
            .map(ReachCaller::pod)
            .filter(one -> one.namespace().equals(sidecar.namespace()))
            .filter(one -> one.labels().entrySet().containsAll(wanted.entrySet()))
            .findFirst();
    return pod.orElseGet(() -> new Caller(sidecar.namespace(), wanted, "default"));
  }

  private static Finding finding(Manifest<Sidecar> sidecar, String what, String end) {
    return sidecar.finding(
        ExposureCode.SIDECAR_OPENS,
        "spec.outboundTrafficPolicy",
        sidecar.key(),
        what,
        sidecar.namespace(),
        end);
  }
}
