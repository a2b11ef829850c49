package io.github.istioegress.analysis.tenancy;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.TenancyCode;
import io.github.istioegress.resource.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** EGR506: tenants share an egress gateway that lets each of them call every host. */
final class GatewayWithoutPolicyAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    if (!context.isOfTenants()) {
      return;
    }
    PoliciesOfPod policies = PoliciesOfPod.in(context);
    Set<String> told = new HashSet<>();
    Owners.of(context)
        .egressGateways()
        .forEach(
            (pod, tenants) -> {
              List<Resource> gateways = context.model().gatewaysOf(pod);
              boolean shared = tenants.size() > 1 && !gateways.isEmpty();
              if (shared
                  && policies.of(pod).isEmpty()
                  && told.add(pod.namespace() + pod.labels())) {
                out.accept(
                    Manifest.finding(
                        gateways.get(0),
                        TenancyCode.SHARED_WITHOUT_POLICY,
                        "spec.selector",
                        gateways.get(0).key(),
                        pod.namespace() + "/" + pod.name(),
                        String.join(", ", tenants.stream().limit(10).toList())));
              }
            });
  }
}
