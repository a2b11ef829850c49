package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.api.networking.v1alpha3.SubsetBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.expansion.settings.PortSettings;
import io.github.istioegress.intent.Answering;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.TlsOrigination;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rule by which the last proxy originates TLS to a host and counts connections. It holds for
 * the ports said, never for the whole host, and for that proxy's pods alone: another would wrap TLS
 * in TLS. A gateway's rule lies in the gateway's namespace and selects its pods, a sidecar's in the
 * namespace of the callers, and so does that of hosts that share the calls.
 */
final class OutsideRule {

  /**
   * The rule that sentences share: where it lies, of which host, for which pods, and who sees it.
   */
  private record Shared(
      String namespace,
      ExternalHost host,
      Optional<EgressGateway> gateway,
      List<String> exportTo) {}

  private OutsideRule() {}

  /**
   * The rules of a plan. Sentences of several namespaces through one gateway make one together; the
   * plan has seen to it that they want the same.
   *
   * @param apiVersion their API version
   * @param plan the plan
   */
  static List<DestinationRule> of(String apiVersion, EgressPlan plan) {
    Map<Shared, TreeMap<Integer, EgressIntent>> byRule = new LinkedHashMap<>();
    for (NamespaceEgress said : plan.namespaces()) {
      String own = said.namespace().name();
      for (HostEgress host : said.hosts()) {
        for (EgressIntent intent : host.intents()) {
          if (intent.hasOutsideRule() && intent.path().waypoint().isEmpty()) {
            byRule
                .computeIfAbsent(shared(own, host, intent), rule -> new TreeMap<>())
                .putIfAbsent(intent.port().number(), intent);
          }
        }
      }
    }
    Map<List<String>, Long> beside =
        byRule.keySet().stream()
            .collect(Collectors.groupingBy(OutsideRule::place, Collectors.counting()));
    return byRule.entrySet().stream()
        .map(
            rule ->
                rule(
                    apiVersion,
                    rule.getKey(),
                    name(rule.getKey(), rule.getValue().values(), beside),
                    List.copyOf(rule.getValue().values())))
        .toList();
  }

  private static Shared shared(String own, HostEgress host, EgressIntent intent) {
    if (intent.handling().isSplit()) {
      // Its subsets say nothing of calls that no route sends to them, so others may see it; and
      // Istio's analyzers look for subsets beside the route alone.
      return new Shared(own, host.host(), Optional.empty(), NamespaceResources.exportTo(own, host));
    }
    Optional<EgressGateway> gateway = intent.path().gateway();
    String home = gateway.map(EgressGateway::namespace).orElse(own);
    return new Shared(home, host.host(), gateway, List.of("."));
  }

  private static List<String> place(Shared rule) {
    return List.of(rule.namespace(), rule.host().name());
  }

  /** By the host, not by a given name; and by the gateway where another rule lies beside it. */
  private static String name(
      Shared rule, Collection<EgressIntent> said, Map<List<String>, Long> beside) {
    String host = rule.host().dashed();
    String name =
        said.stream().anyMatch(intent -> intent.handling().origination().isPresent())
            ? ResourceNames.outsideRule(host)
            : ResourceNames.connections(host);
    return beside.getOrDefault(place(rule), 0L) == 1
        ? name
        : rule.gateway().map(gateway -> name + "-at-" + gateway.name()).orElse(name);
  }

  private static DestinationRule rule(
      String apiVersion, Shared shared, String name, List<EgressIntent> originating) {
    DestinationRuleBuilder rule =
        new DestinationRuleBuilder()
            .withApiVersion(apiVersion)
            .withNewMetadata()
            .withName(name)
            .withNamespace(shared.namespace())
            .endMetadata()
            .withNewSpec()
            .withHost(shared.host().name())
            .withExportTo(shared.exportTo())
            .endSpec();
    Optional<Answering> answering = originating.get(0).handling().answering();
    if (originating.get(0).handling().isSplit()) {
      rule.editSpec()
          .withSubsets(
              subset(shared, shared.host(), originating),
              subset(shared, answering.orElseThrow().host(), originating))
          .endSpec();
    } else {
      rule.editSpec()
          .withNewTrafficPolicy()
          .withPortLevelSettings(
              originating.stream()
                  .map(intent -> port(shared, intent, intent.calledByName()))
                  .toList())
          .endTrafficPolicy()
          .endSpec();
    }
    originating.stream()
        .flatMap(intent -> pods(shared, intent).stream())
        .findFirst()
        .ifPresent(
            labels ->
                rule.editSpec()
                    .withNewWorkloadSelector()
                    .withMatchLabels(labels)
                    .endWorkloadSelector()
                    .endSpec());
    return rule.build();
  }

  /** One of the hosts that share the calls; each is called by its own name. */
  private static Subset subset(Shared shared, ExternalHost host, List<EgressIntent> said) {
    String name = ResourceNames.hostLabel(host);
    SubsetBuilder subset =
        new SubsetBuilder().withName(name).withLabels(Map.of(ResourceNames.HOST, name));
    List<TrafficPolicyPortTrafficPolicy> ports =
        said.stream()
            .filter(intent -> !PortSettings.isEmpty(intent))
            .map(intent -> port(shared, intent, host))
            .toList();
    if (!ports.isEmpty()) {
      subset.withNewTrafficPolicy().withPortLevelSettings(ports).endTrafficPolicy();
    }
    return subset.build();
  }

  /** Secrets lie with the proxy, also where the rule for a gateway lies with the callers. */
  private static TrafficPolicyPortTrafficPolicy port(
      Shared shared, EgressIntent intent, ExternalHost named) {
    String home = intent.path().gateway().map(EgressGateway::namespace).orElse(shared.namespace());
    return PortSettings.of(intent, named, home);
  }

  private static Optional<Map<String, String>> pods(Shared shared, EgressIntent intent) {
    return shared
        .gateway()
        .map(EgressGateway::labels)
        .or(() -> intent.handling().origination().flatMap(TlsOrigination::only).map(Pods::labels));
  }
}
