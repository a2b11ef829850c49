package io.github.istioegress.trace.policy;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicy;
import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyAction;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.api.type.v1beta1.PolicyTargetReference;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A policy that some pods enforce.
 *
 * @param resource the resource
 * @param spec what it says
 * @param trustDomains those of the mesh, its own first
 */
record HeldPolicy(Resource resource, AuthorizationPolicy spec, List<String> trustDomains) {

  private static final String DRY_RUN = "istio.io/dry-run";
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

  static HeldPolicy of(Resource resource, List<String> trustDomains) {
    io.fabric8.istio.api.security.v1.AuthorizationPolicy object =
        (io.fabric8.istio.api.security.v1.AuthorizationPolicy) resource.object();
    return new HeldPolicy(
        resource,
        Objects.requireNonNullElseGet(object.getSpec(), AuthorizationPolicy::new),
        trustDomains);
  }

  String namespace() {
    return Metadata.namespace(resource.object());
  }

  /** The action; ALLOW where none is said. */
  AuthorizationPolicyAction action() {
    return Objects.requireNonNullElse(spec.getAction(), AuthorizationPolicyAction.ALLOW);
  }

  /** True where a rule that Istio cannot write is left out, and not made wider. */
  boolean narrows() {
    return action() == AuthorizationPolicyAction.ALLOW;
  }

  /** True where it is only counted what it would do; a CUSTOM policy asks its provider even so. */
  boolean isDryRun() {
    Map<String, String> annotations = resource.object().getMetadata().getAnnotations();
    return annotations != null
        && TRUE.contains(annotations.getOrDefault(DRY_RUN, ""))
        && action() != AuthorizationPolicyAction.CUSTOM;
  }

  List<Rule> rules() {
    return spec.getRules();
  }

  /** What it is for, beside pods by their labels. */
  List<PolicyTargetReference> targets() {
    return spec.getTargetRefs().isEmpty()
        ? Optional.ofNullable(spec.getTargetRef()).stream().toList()
        : spec.getTargetRefs();
  }

  /** The labels of the pods that it is for; empty for all. */
  Map<String, String> podLabels() {
    return spec.getSelector() == null
        ? Map.of()
        : Objects.requireNonNullElse(spec.getSelector().getMatchLabels(), Map.of());
  }

  /** The decision of a rule. */
  Decision rule(int index) {
    return Decision.of(resource, "spec.rules[" + index + "]");
  }

  /** The decision of all rules together, or of there being none. */
  Decision allRules() {
    return Decision.of(resource, rules().isEmpty() ? "spec" : "spec.rules");
  }

  /** {@code AuthorizationPolicy ns/name}. */
  @Override
  public String toString() {
    return resource.key().toString();
  }
}
