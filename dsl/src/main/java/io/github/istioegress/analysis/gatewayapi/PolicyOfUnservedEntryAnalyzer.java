package io.github.istioegress.analysis.gatewayapi;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicy;
import io.fabric8.istio.api.api.type.v1beta1.PolicyTargetReference;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.GatewayApiCode;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.ambient.AmbientService;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** EGR810: a policy for a ServiceEntry that no waypoint serves. */
final class PolicyOfUnservedEntryAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Set<ResourceKey> served = new HashSet<>();
    Set<ResourceKey> failing = new HashSet<>();
    for (AmbientService service : context.model().ambient().services()) {
      if (service.binding().waypoint().isPresent()) {
        served.add(service.service().source().key());
      } else if (!service.binding().problem().isEmpty()) {
        failing.add(service.service().source().key());
      }
    }
    for (Manifest<AuthorizationPolicy> policy : context.authorizationPolicies()) {
      List<PolicyTargetReference> targets = policy.spec().getTargetRefs();
      for (int i = 0; i < targets.size(); i++) {
        if (!"ServiceEntry".equals(targets.get(i).getKind())) {
          continue;
        }
        ResourceKey entry =
            ResourceKind.SERVICE_ENTRY.key(policy.namespace(), targets.get(i).getName());
        // Where the label names a waypoint that is not shown, that is what is wrong.
        if (context.resources().find(entry).isPresent()
            && !served.contains(entry)
            && !failing.contains(entry)) {
          out.accept(
              policy.finding(
                  GatewayApiCode.ENTRY_WITHOUT_WAYPOINT,
                  "spec.targetRefs[" + i + "]",
                  policy.key(),
                  entry));
        }
      }
    }
  }
}
