package io.github.istioegress.expansion.network;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.ForwardProxy;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.NetworkReach;
import io.github.istioegress.intent.PlanFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The NetworkPolicy of a namespace that says one: its pods reach what their sidecars need and what
 * is declared. It counts on the pods that are really reached, so on the gateway's target ports.
 */
public final class NamespaceNetwork {

  private static final String NAME = "declared-egress";

  /** Where istiod serves configuration and certificates over TLS. */
  private static final int ISTIOD = 15012;

  /** Where waypoints take what ztunnel sends them. */
  private static final int TUNNEL = 15008;

  private final NamespaceEgress said;
  private final NetworkReach reach;

  private NamespaceNetwork(NamespaceEgress said, NetworkReach reach) {
    this.said = said;
    this.reach = reach;
  }

  /** The policies of all namespaces of a plan that say one. */
  public static List<NetworkPolicy> policies(EgressPlan plan, PlanFacts facts) {
    List<NetworkPolicy> policies = new ArrayList<>();
    for (NamespaceEgress said : plan.namespaces()) {
      if (said.namespace().network().isPresent()) {
        policies.add(new NamespaceNetwork(said, said.namespace().network().get()).policy(plan));
        facts.gateways().stream()
            .filter(gateway -> gateway.namespace().equals(said.namespace().name()))
            .forEach(gateway -> policies.add(open(gateway)));
      }
    }
    return policies;
  }

  /** A gateway among its callers would be closed with them; what passes it is for its routes. */
  private static NetworkPolicy open(EgressGateway gateway) {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withName(gateway.name() + "-egress")
        .withNamespace(gateway.namespace())
        .endMetadata()
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(gateway.labels())
        .endPodSelector()
        .withPolicyTypes("Egress")
        .withEgress(new NetworkPolicyEgressRule())
        .endSpec()
        .build();
  }

  private NetworkPolicy policy(EgressPlan plan) {
    List<NetworkPolicyEgressRule> rules = new ArrayList<>();
    rules.add(Rules.dns());
    boolean ambient =
        said.intents().stream().anyMatch(intent -> intent.path().waypoint().isPresent());
    if (!ambient) {
      // In ambient mode istiod is the business of ztunnel alone.
      rules.add(
          Rules.pods(
              plan.mesh().config().rootNamespace(), Map.of("app", "istiod"), List.of(ISTIOD)));
    }
    said.gateways().forEach(gateway -> rules.add(gateway(gateway)));
    said.intents().stream()
        .flatMap(intent -> intent.path().waypoint().stream())
        .distinct()
        .forEach(
            waypoint ->
                rules.add(Rules.pods(waypoint.namespace(), waypoint.podLabels(), List.of(TUNNEL))));
    rules.addAll(direct());
    if (reach.neighbours() == NetworkReach.Neighbours.OPEN) {
      rules.add(Rules.neighbours());
    }
    said.namespace()
        .scope()
        .ifPresent(
            scope -> scope.namespaces().forEach(imported -> rules.add(Rules.namespace(imported))));
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withNamespace(said.namespace().name())
        .endMetadata()
        .withNewSpec()
        .withNewPodSelector()
        .endPodSelector()
        .withPolicyTypes("Egress")
        .withEgress(rules)
        .endSpec()
        .build();
  }

  private NetworkPolicyEgressRule gateway(EgressGateway gateway) {
    TreeSet<Integer> used = new TreeSet<>();
    for (EgressIntent intent : said.intents()) {
      if (intent.path().gateway().equals(Optional.of(gateway))) {
        used.add(gateway.podPort(intent.port().number()));
      }
    }
    return Rules.pods(gateway.namespace(), gateway.labels(), List.copyOf(used));
  }

  /** One rule for each set of addresses, with the ports that are dialled there. */
  private List<NetworkPolicyEgressRule> direct() {
    Map<List<String>, TreeSet<Integer>> portsByAddresses = new TreeMap<>(Rules.BY_TEXT);
    said.hosts()
        .forEach(
            host ->
                host.intents().stream()
                    .filter(intent -> leavesFromSidecar(intent.path()))
                    .forEach(
                        intent ->
                            portsByAddresses
                                .computeIfAbsent(outside(host, intent), key -> new TreeSet<>())
                                .add(outsidePort(intent))));
    List<NetworkPolicyEgressRule> rules = new ArrayList<>();
    portsByAddresses.forEach(
        (addresses, ports) ->
            rules.add(
                addresses.isEmpty()
                    ? Rules.unknown(reach, List.copyOf(ports))
                    : Rules.addresses(addresses, List.copyOf(ports))));
    return rules;
  }

  private static boolean leavesFromSidecar(EgressPath path) {
    return path.isDirect() || (path.forwardProxy().isPresent() && path.gateway().isEmpty());
  }

  /** The addresses that the sidecar connects to: those of the forward proxy where one is asked. */
  private static List<String> outside(HostEgress host, EgressIntent intent) {
    return intent.path().forwardProxy().map(ForwardProxy::addresses).orElse(host.addresses());
  }

  /** The port at the host: another than the dialled one where the sidecar originates TLS. */
  private static int outsidePort(EgressIntent intent) {
    int originated =
        intent.handling().origination().map(tls -> tls.toPort()).orElse(intent.port().number());
    return intent.path().forwardProxy().map(ForwardProxy::port).orElse(originated);
  }
}
