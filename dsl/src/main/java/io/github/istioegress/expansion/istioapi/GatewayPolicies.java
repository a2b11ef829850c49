package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyAction;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.istio.api.security.v1.AuthorizationPolicyBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.expansion.settings.AdmissionRules;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.PlanFacts;
import io.github.istioegress.mesh.IstioVersion;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may call what through a gateway, where some sentence asks for it. A policy that allows denies
 * all the rest: one of the gateway allows nothing, and each namespace has one with a rule for each
 * of its sentences, so that none grows with the number of namespaces.
 */
final class GatewayPolicies {

  private GatewayPolicies() {}

  /** The policies of a plan's gateways. */
  static List<AuthorizationPolicy> of(EgressPlan plan, PlanFacts facts) {
    IstioVersion target = plan.mesh().version();
    return Stream.concat(
            plan.gateways().stream()
                .filter(facts::isRestricted)
                .map(gateway -> closed(target, gateway)),
            plan.namespaces().stream().flatMap(said -> of(target, facts, said).stream()))
        .toList();
  }

  /** The policy of a gateway that holds where no namespace's does: nobody. */
  private static AuthorizationPolicy closed(IstioVersion target, EgressGateway gateway) {
    return policy(target, gateway, ResourceNames.callersOf(gateway.name()), List.of());
  }

  /** The policies of a namespace, one for each restricted gateway that it uses. */
  private static List<AuthorizationPolicy> of(
      IstioVersion target, PlanFacts facts, NamespaceEgress said) {
    Map<EgressGateway, Set<Rule>> rules = new LinkedHashMap<>();
    for (EgressIntent intent : said.intents()) {
      intent
          .path()
          .gateway()
          .filter(facts::isRestricted)
          .ifPresent(
              gateway ->
                  rules
                      .computeIfAbsent(gateway, g -> new LinkedHashSet<>())
                      .add(rule(intent, gateway)));
    }
    return rules.entrySet().stream()
        .map(
            one ->
                policy(
                    target,
                    one.getKey(),
                    ResourceNames.callersOf(one.getKey().name(), said.namespace().name()),
                    List.copyOf(one.getValue())))
        .toList();
  }

  private static AuthorizationPolicy policy(
      IstioVersion target, EgressGateway gateway, String name, List<Rule> rules) {
    return new AuthorizationPolicyBuilder()
        .withApiVersion(
            "security.istio.io/" + (target.atLeast(IstioVersion.V1_22) ? "v1" : "v1beta1"))
        .withNewMetadata()
        .withName(name)
        .withNamespace(gateway.namespace())
        .endMetadata()
        .withSpec(
            attached(gateway).withAction(AuthorizationPolicyAction.ALLOW).withRules(rules).build())
        .build();
  }

  /** A Gateway of the Gateway API is a policy's target; one of Istio's is reached by its pods. */
  private static io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyBuilder attached(
      EgressGateway gateway) {
    var spec = new io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyBuilder();
    return gateway.flavor() == GatewayFlavor.GATEWAY_API
        ? spec.withTargetRefs(TargetRefs.of(gateway))
        : spec.withNewSelector().withMatchLabels(gateway.labels()).endSelector();
  }

  /** The gateway's pods see the port they listen on, not that of their Service. */
  private static Rule rule(EgressIntent intent, EgressGateway gateway) {
    return AdmissionRules.of(intent, gateway.podPort(intent.port().number()), List.of());
  }
}
