package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicy;
import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyAction;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.TenancyCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR508: a policy of a gateway that tenants share says who may call, or what may be called, and
 * not who may call what.
 */
final class PolicyNotTiedAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    if (!context.isOfTenants()) {
      return;
    }
    PoliciesOfPod policies = PoliciesOfPod.in(context);
    Set<List<Object>> told = new HashSet<>();
    Owners.of(context)
        .egressGateways()
        .forEach(
            (pod, tenants) -> {
              if (tenants.size() > 1 && told.add(List.of(pod.namespace(), pod.labels()))) {
                policies.of(pod).forEach(policy -> judge(policy, out));
              }
            });
  }

  private static void judge(Manifest<AuthorizationPolicy> policy, Consumer<Finding> out) {
    List<Rule> rules = policy.spec().getRules();
    for (int i = 0; i < rules.size(); i++) {
      String why = why(policy, rules.get(i));
      if (!why.isEmpty()) {
        out.accept(
            policy.finding(TenancyCode.NOT_TIED, "spec.rules[" + i + "]", policy.key(), i, why));
      }
    }
  }

  private static String why(Manifest<AuthorizationPolicy> policy, Rule rule) {
    if (policy.spec().getAction() == AuthorizationPolicyAction.DENY) {
      boolean positive =
          PolicyRules.asksWho(rule)
              && PolicyRules.negative(rule).isEmpty()
              && !PolicyRules.hosts(rule).isEmpty();
      return positive
          ? "denies some callers some hosts, so whoever is not named may call them"
          : "";
    }
    if (!PoliciesOfPod.allows(policy)) {
      return "";
    }
    String negative = PolicyRules.negative(rule);
    if (!negative.isEmpty()) {
      return "allows by %s, so whatever is not named passes".formatted(negative);
    }
    boolean who = PolicyRules.saysWho(rule);
    boolean what = !PolicyRules.hosts(rule).isEmpty();
    if (who && what) {
      return "";
    }
    return who
        ? "names callers and no host, so each of them may call the hosts of all tenants"
        : what
            ? "names hosts and no callers, so every tenant may call them"
            : "names neither callers nor hosts, so it allows everything";
  }
}
