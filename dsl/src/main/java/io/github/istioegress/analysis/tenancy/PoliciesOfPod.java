package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicy;
import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyAction;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds the AuthorizationPolicies that a gateway's pods enforce. */
final class PoliciesOfPod {

  private final String root;
  private final Map<String, List<Manifest<AuthorizationPolicy>>> byNamespace = new HashMap<>();

  static PoliciesOfPod in(AnalysisContext context) {
    return context.shared(PoliciesOfPod.class, PoliciesOfPod::new);
  }

  private PoliciesOfPod(AnalysisContext context) {
    root = context.model().config().rootNamespace();
    for (Manifest<AuthorizationPolicy> policy : context.authorizationPolicies()) {
      byNamespace
          .computeIfAbsent(policy.namespace(), namespace -> new java.util.ArrayList<>())
          .add(policy);
    }
  }

  /** Those of its namespace and of the root namespace whose selector fits. */
  List<Manifest<AuthorizationPolicy>> of(Workload pod) {
    List<String> homes =
        pod.namespace().equals(root) ? List.of(root) : List.of(root, pod.namespace());
    return homes.stream()
        .flatMap(home -> byNamespace.getOrDefault(home, List.of()).stream())
        .filter(policy -> policy.spec().getTargetRefs().isEmpty())
        .filter(policy -> policy.spec().getTargetRef() == null)
        .filter(
            policy ->
                policy.spec().getSelector() == null
                    || pod.has(
                        Objects.requireNonNullElse(
                            policy.spec().getSelector().getMatchLabels(), Map.of())))
        .toList();
  }

  /** True for one whose rules say who may; the action where none is said. */
  static boolean allows(Manifest<AuthorizationPolicy> policy) {
    return policy.spec().getAction() == null
        || policy.spec().getAction() == AuthorizationPolicyAction.ALLOW;
  }
}
