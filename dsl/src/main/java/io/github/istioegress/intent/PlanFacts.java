package io.github.istioegress.intent;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all namespaces of a plan say together of its gateways: the little that the resources of one
 * namespace hang on, whatever the others are.
 */
public final class PlanFacts {

  private final Set<EgressGateway> used = new LinkedHashSet<>();
  private final Set<EgressGateway> gateways = new LinkedHashSet<>();
  private final Set<EgressGateway> restricted = new LinkedHashSet<>();
  private final Set<EgressGateway> presenting = new LinkedHashSet<>();
  private final Map<EgressGateway, Map<Integer, Set<PortProtocol>>> protocols = new HashMap<>();
  private final Set<String> namespaces = new LinkedHashSet<>();
  private final AtomicBoolean isEmpty = new AtomicBoolean(true);

  PlanFacts() {}

  /** The facts of a whole plan. */
  public static PlanFacts of(EgressPlan plan) {
    PlanFacts facts = new PlanFacts();
    plan.namespaces().forEach(facts::add);
    facts.addGateways(plan);
    return facts;
  }

  void add(NamespaceEgress said) {
    namespaces.add(said.namespace().name());
    for (EgressIntent intent : said.intents()) {
      isEmpty.set(false);
      intent.path().gateway().ifPresent(gateway -> add(gateway, intent));
    }
  }

  private void add(EgressGateway gateway, EgressIntent intent) {
    used.add(gateway);
    gateways.add(gateway);
    protocols
        .computeIfAbsent(gateway, g -> new LinkedHashMap<>())
        .computeIfAbsent(intent.port().number(), port -> EnumSet.noneOf(PortProtocol.class))
        .add(intent.port().protocol());
    if (intent.admission().isRestricted()) {
      restricted.add(gateway);
    }
    if (intent.handling().origination().flatMap(TlsOrigination::clientCertificate).isPresent()) {
      presenting.add(gateway);
    }
  }

  void addGateways(EgressPlan plan) {
    plan.deployments().forEach(deployment -> gateways.add(deployment.gateway()));
    gateways.addAll(plan.logged());
  }

  /** Every gateway that some call goes through, in the order of the namespaces. */
  Set<EgressGateway> used() {
    return Collections.unmodifiableSet(used);
  }

  /** The same, and then those that are only brought up or logged. */
  public Collection<EgressGateway> gateways() {
    return Collections.unmodifiableSet(gateways);
  }

  /** True where some sentence says who may call through a gateway, or what. */
  public boolean isRestricted(EgressGateway gateway) {
    return restricted.contains(gateway);
  }

  /** True where some sentence has the gateway show a client certificate. */
  public boolean isPresenting(EgressGateway gateway) {
    return presenting.contains(gateway);
  }

  /** What is spoken to a port of a gateway. */
  public Set<PortProtocol> protocols(EgressGateway gateway, int port) {
    return Objects.requireNonNullElse(
        protocols.getOrDefault(gateway, Map.of()).get(port), Set.of());
  }

  /** True where no namespace says a sentence. */
  public boolean isEmpty() {
    return isEmpty.get();
  }

  /** True where the plan says something of a namespace. */
  public boolean has(String namespace) {
    return namespaces.contains(namespace);
  }
}
