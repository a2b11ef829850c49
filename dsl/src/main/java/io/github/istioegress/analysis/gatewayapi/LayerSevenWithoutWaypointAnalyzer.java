package io.github.istioegress.analysis.gatewayapi;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicy;
import io.fabric8.istio.api.api.security.v1beta1.Operation;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.GatewayApiCode;
import io.github.istioegress.trace.gatewayapi.Namespaces;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR802, EGR806 and EGR809: rules about HTTP where only ztunnel would enforce them, and policies
 * that select the pods of a waypoint, which it does not ask.
 */
final class LayerSevenWithoutWaypointAnalyzer implements Analyzer {

  private static final String GATEWAY = "gateway.networking.k8s.io/gateway-name";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Namespaces namespaces = new Namespaces(context.resources());
    for (Manifest<AuthorizationPolicy> policy : context.authorizationPolicies()) {
      Map<String, String> labels =
          policy.spec().getSelector() == null
              ? Map.of()
              : Objects.requireNonNullElse(policy.spec().getSelector().getMatchLabels(), Map.of());
      boolean targeted =
          policy.spec().getTargetRef() != null || !policy.spec().getTargetRefs().isEmpty();
      if (targeted) {
        continue;
      }
      if (isWaypoint(context, policy.namespace(), labels.getOrDefault(GATEWAY, ""))) {
        out.accept(
            policy.finding(
                GatewayApiCode.SELECTOR_OF_WAYPOINT,
                "spec.selector",
                policy.key(),
                labels.getOrDefault(GATEWAY, "")));
        continue;
      }
      Optional<String> field = field(policy.spec().getRules());
      if (field.isPresent() && context.model().ambient().takes(policy.namespace(), labels)) {
        String waypoint =
            namespaces.labels(policy.namespace()).getOrDefault("istio.io/use-waypoint", "none");
        boolean none = waypoint.equals("none");
        out.accept(
            policy.finding(
                none
                    ? GatewayApiCode.HTTP_RULE_WITHOUT_WAYPOINT
                    : GatewayApiCode.HTTP_RULE_BY_SELECTOR,
                field.get(),
                policy.key(),
                policy.namespace(),
                waypoint));
      }
    }
  }

  private static boolean isWaypoint(AnalysisContext context, String namespace, String name) {
    return !name.isEmpty()
        && context.model().ambient().services().stream()
            .flatMap(service -> service.binding().waypoint().stream())
            .anyMatch(one -> one.namespace().equals(namespace) && one.name().equals(name));
  }

  /** The first field that asks about HTTP. */
  private static Optional<String> field(List<Rule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      for (int j = 0; j < rules.get(i).getTo().size(); j++) {
        Operation asked = rules.get(i).getTo().get(j).getOperation();
        if (asked != null && readsHttp(asked)) {
          return Optional.of("spec.rules[" + i + "].to[" + j + "].operation");
        }
      }
      for (int j = 0; j < rules.get(i).getWhen().size(); j++) {
        String key = Objects.requireNonNullElse(rules.get(i).getWhen().get(j).getKey(), "");
        if (key.startsWith("request.")) {
          return Optional.of("spec.rules[" + i + "].when[" + j + "]");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean readsHttp(Operation asked) {
    return !(asked.getHosts().isEmpty()
        && asked.getNotHosts().isEmpty()
        && asked.getMethods().isEmpty()
        && asked.getNotMethods().isEmpty()
        && asked.getPaths().isEmpty()
        && asked.getNotPaths().isEmpty());
  }
}
