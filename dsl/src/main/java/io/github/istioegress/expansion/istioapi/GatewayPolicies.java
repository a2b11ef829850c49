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
import io.github.istioegress.mesh.IstioVersion;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may call what through a gateway. A policy that allows denies all the rest, so there is one
 * for a gateway with a rule for each sentence that leads through it, and only where some sentence
 * asks for it.
 */
final class GatewayPolicies {

  private GatewayPolicies() {}

  /** The policies of a plan's gateways. */
  static List<AuthorizationPolicy> of(EgressPlan plan) {
    Map<EgressGateway, Set<Rule>> rules = new LinkedHashMap<>();
    Set<EgressGateway> restricted = new LinkedHashSet<>();
    for (NamespaceEgress said : plan.namespaces()) {
      for (EgressIntent intent : said.intents()) {
        intent
            .path()
            .gateway()
            .ifPresent(
                gateway -> {
                  rules
                      .computeIfAbsent(gateway, g -> new LinkedHashSet<>())
                      .add(rule(intent, gateway));
                  if (intent.admission().isRestricted()) {
                    restricted.add(gateway);
                  }
                });
      }
    }
    return restricted.stream()
        .map(gateway -> policy(plan.mesh().version(), gateway, List.copyOf(rules.get(gateway))))
        .toList();
  }

  private static AuthorizationPolicy policy(
      IstioVersion target, EgressGateway gateway, List<Rule> rules) {
    return new AuthorizationPolicyBuilder()
        .withApiVersion(
            "security.istio.io/" + (target.atLeast(IstioVersion.V1_22) ? "v1" : "v1beta1"))
        .withNewMetadata()
        .withName(ResourceNames.callersOf(gateway.name()))
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
