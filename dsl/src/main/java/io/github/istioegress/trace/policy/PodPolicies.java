package io.github.istioegress.trace.policy;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyAction;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.github.istioegress.trace.registry.Decision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * The policies that some pods enforce, asked in Istio's order: CUSTOM, DENY, ALLOW. AUDIT changes
 * nothing.
 */
public final class PodPolicies {

  private final List<HeldPolicy> policies;
  private final boolean readsTokens;
  private final Map<AuthorizationPolicyAction, RuleIndex> rules =
      new EnumMap<>(AuthorizationPolicyAction.class);

  PodPolicies(List<HeldPolicy> policies, boolean readsTokens) {
    this.policies = policies;
    this.readsTokens = readsTokens;
    policies.stream()
        .map(HeldPolicy::action)
        .distinct()
        .forEach(action -> rules.put(action, new RuleIndex(with(action))));
  }

  /** A rule that holds for a call, or may. */
  private record Hit(HeldPolicy policy, int rule, Answer answer) {}

  /** Says what the policies say to a call. */
  public Ruling rule(Access access) {
    List<Hit> denying = hits(AuthorizationPolicyAction.DENY, access);
    for (Hit hit : denying) {
      if (hit.answer().isYes()) {
        return denied(hit);
      }
    }
    List<Hit> allowing = hits(AuthorizationPolicyAction.ALLOW, access);
    if (rules.containsKey(AuthorizationPolicyAction.ALLOW) && allowing.isEmpty()) {
      return allowedByNone(with(AuthorizationPolicyAction.ALLOW), access);
    }
    // From here on only what is not known can still stop the call.
    List<Hit> custom = hits(AuthorizationPolicyAction.CUSTOM, access);
    if (!custom.isEmpty()) {
      return asked(custom.get(0));
    }
    if (!denying.isEmpty()) {
      return unknown(denying.get(0));
    }
    List<Hit> certain = allowing.stream().filter(hit -> hit.answer().isYes()).toList();
    if (!allowing.isEmpty() && certain.isEmpty()) {
      return unknown(allowing.get(0));
    }
    List<Decision> by =
        certain.stream().limit(1).map(hit -> hit.policy().rule(hit.rule())).toList();
    return new Ruling(Ruling.Kind.ALLOWED, "", "", by);
  }

  private List<HeldPolicy> with(AuthorizationPolicyAction action) {
    return policies.stream().filter(policy -> policy.action() == action).toList();
  }

  private List<Hit> hits(AuthorizationPolicyAction action, Access access) {
    List<Hit> hits = new ArrayList<>();
    RuleIndex index = rules.get(action);
    if (index == null) {
      return hits;
    }
    for (RuleIndex.Held held : index.mayHold(access)) {
      Answer answer = RuleMatch.of(held.rule(), access, held.policy(), readsTokens);
      if (answer.kind() != Answer.Kind.NO) {
        hits.add(new Hit(held.policy(), held.index(), answer));
      }
    }
    return hits;
  }

  private static Ruling denied(Hit hit) {
    return new Ruling(
        Ruling.Kind.DENIED,
        "spec.rules[%s] of %s denies it".formatted(hit.rule(), hit.policy()),
        "if the call is meant to pass, except it from spec.rules[%s] of %s"
            .formatted(hit.rule(), hit.policy()),
        List.of(hit.policy().rule(hit.rule())));
  }

  private static Ruling allowedByNone(List<HeldPolicy> allow, Access access) {
    String names = allow.stream().map(HeldPolicy::toString).collect(Collectors.joining(", "));
    String remedy = "if the call is meant to pass, add a rule for it to one of these policies";
    if (access.request().isEmpty() && anyRule(allow, (p, r) -> RuleMatch.isLeftOut(r, access, p))) {
      remedy =
          "write the rule without hosts, methods, paths and other fields of HTTP: Istio leaves"
              + " such rules out where a proxy passes bytes on";
    } else if (access.peer().isNobody() && anyRule(allow, (p, r) -> asksWho(r))) {
      remedy =
          "the proxy does not know who calls: a gateway learns it where the call comes by mesh"
              + " mutual TLS (tls.mode ISTIO_MUTUAL in its server and in the DestinationRule)";
    }
    return new Ruling(
        Ruling.Kind.DENIED,
        allow.stream().allMatch(policy -> policy.rules().isEmpty())
            ? "%s allows nothing: it has no rules".formatted(names)
            : "no rule of %s allows it".formatted(names),
        remedy,
        allow.stream().map(HeldPolicy::allRules).toList());
  }

  private static boolean anyRule(List<HeldPolicy> policies, BiPredicate<HeldPolicy, Rule> test) {
    return policies.stream().anyMatch(p -> p.rules().stream().anyMatch(r -> test.test(p, r)));
  }

  private static boolean asksWho(Rule rule) {
    return rule.getFrom().stream()
            .map(from -> from.getSource())
            .anyMatch(
                source ->
                    source != null
                        && !(source.getPrincipals().isEmpty()
                            && source.getNamespaces().isEmpty()
                            && source.getServiceAccounts().isEmpty()))
        || rule.getWhen().stream()
            .anyMatch(when -> when.getKey() != null && when.getKey().startsWith("source."));
  }

  private static Ruling asked(Hit hit) {
    return undetermined(
        hit, "whether the call may pass is for a provider outside to say, at run time");
  }

  private static Ruling unknown(Hit hit) {
    return undetermined(
        hit,
        "whether the call may pass depends on %s, which no manifest says"
            .formatted(hit.answer().missing()));
  }

  private static Ruling undetermined(Hit hit, String reason) {
    return new Ruling(
        Ruling.Kind.UNDETERMINED,
        "%s (spec.rules[%s] of %s)".formatted(reason, hit.rule(), hit.policy()),
        "",
        List.of(hit.policy().rule(hit.rule())));
  }
}
