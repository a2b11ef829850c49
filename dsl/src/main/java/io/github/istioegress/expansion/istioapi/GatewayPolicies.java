package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyAction;
import io.fabric8.istio.api.api.security.v1beta1.OperationBuilder;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.api.security.v1beta1.RuleBuilder;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.istio.api.security.v1.AuthorizationPolicyBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.PortProtocol;
import io.github.istioegress.intent.Requests;
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
                  rules.computeIfAbsent(gateway, g -> new LinkedHashSet<>()).add(rule(intent));
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

  private static Rule rule(EgressIntent intent) {
    RuleBuilder rule = new RuleBuilder();
    List<Callers> callers = intent.admission().callers();
    List<String> accounts =
        callers.stream()
            .flatMap(
                one ->
                    one.serviceAccount().stream()
                        .map(name -> "cluster.local/ns/" + one.namespace() + "/sa/" + name))
            .toList();
    List<String> namespaces =
        callers.stream()
            .filter(one -> one.serviceAccount().isEmpty())
            .map(Callers::namespace)
            .toList();
    // Fields of one source must all hold, so either kind is a source of its own.
    if (!accounts.isEmpty()) {
      rule.addNewFrom().withNewSource().withPrincipals(accounts).endSource().endFrom();
    }
    if (!namespaces.isEmpty()) {
      rule.addNewFrom().withNewSource().withNamespaces(namespaces).endSource().endFrom();
    }
    List<Requests> requests = intent.admission().requests();
    if (requests.isEmpty()) {
      rule.addNewTo().withOperation(operation(intent).build()).endTo();
    }
    for (Requests one : requests) {
      OperationBuilder operation = operation(intent).withPaths(one.path());
      one.method().ifPresent(operation::withMethods);
      rule.addNewTo().withOperation(operation.build()).endTo();
    }
    PortProtocol protocol = intent.port().protocol();
    boolean bytesInMutualTls =
        protocol == PortProtocol.TCP && intent.path().hop() == GatewayHop.ISTIO_MUTUAL;
    if (protocol == PortProtocol.TLS || bytesInMutualTls) {
      rule.addNewWhen().withKey("connection.sni").withValues(intent.host().name()).endWhen();
    }
    return rule.build();
  }

  /** The gateway's pods see the port they listen on, not that of their Service. */
  private static OperationBuilder operation(EgressIntent intent) {
    int listening = intent.path().gateway().orElseThrow().podPort(intent.port().number());
    OperationBuilder operation = new OperationBuilder().withPorts(String.valueOf(listening));
    if (intent.port().protocol().isReadable()) {
      String host = intent.host().name();
      // A pattern has one star, and a wildcard's is taken.
      operation.withHosts(
          host, host + ":" + (intent.host().isWildcard() ? intent.port().number() : "*"));
    }
    return operation;
  }
}
