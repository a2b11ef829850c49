package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.ConnectionPoolSettingsTCPSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.OutlierDetection;
import io.fabric8.istio.api.api.networking.v1alpha3.OutlierDetectionBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicyBuilder;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Ejection;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.TlsOrigination;
import io.github.istioegress.intent.TrafficPolicy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rule by which the last proxy originates TLS to a host and counts connections. It holds for
 * the ports said, never for the whole host, and for that proxy's pods alone: another would wrap TLS
 * in TLS. A gateway's rule lies in the gateway's namespace and selects its pods, a sidecar's in the
 * namespace of the callers.
 */
final class OutsideRule {

  /** The rule that sentences share: where it lies, of which host, for which pods. */
  private record Shared(String namespace, ExternalHost host, Optional<EgressGateway> gateway) {}

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
      for (EgressIntent intent : said.intents()) {
        if (intent.handling().origination().isPresent() || intent.policy().isOfConnections()) {
          Optional<EgressGateway> gateway = intent.path().gateway();
          String home = gateway.map(EgressGateway::namespace).orElse(said.namespace().name());
          byRule
              .computeIfAbsent(new Shared(home, intent.host(), gateway), rule -> new TreeMap<>())
              .putIfAbsent(intent.port().number(), intent);
        }
      }
    }
    return byRule.entrySet().stream()
        .map(
            rule ->
                rule(
                    apiVersion,
                    rule.getKey(),
                    name(rule.getKey(), rule.getValue().values(), byRule.keySet()),
                    List.copyOf(rule.getValue().values())))
        .toList();
  }

  /** By the host, not by a given name; and by the gateway where another rule lies beside it. */
  private static String name(Shared rule, Collection<EgressIntent> said, Set<Shared> all) {
    String host = rule.host().dashed();
    String name =
        said.stream().anyMatch(intent -> intent.handling().origination().isPresent())
            ? ResourceNames.outsideRule(host)
            : ResourceNames.connections(host);
    boolean alone =
        all.stream()
                .filter(other -> other.namespace().equals(rule.namespace()))
                .filter(other -> other.host().equals(rule.host()))
                .count()
            == 1;
    return alone
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
            .withNewTrafficPolicy()
            .withPortLevelSettings(originating.stream().map(OutsideRule::port).toList())
            .endTrafficPolicy()
            .withExportTo(".")
            .endSpec();
    originating.stream()
        .flatMap(intent -> pods(intent).stream())
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

  private static Optional<Map<String, String>> pods(EgressIntent intent) {
    return intent
        .path()
        .gateway()
        .map(EgressGateway::labels)
        .or(() -> intent.handling().origination().flatMap(TlsOrigination::only).map(Pods::labels));
  }

  private static TrafficPolicyPortTrafficPolicy port(EgressIntent intent) {
    TrafficPolicyPortTrafficPolicyBuilder port =
        new TrafficPolicyPortTrafficPolicyBuilder().withNewPort((long) intent.port().number());
    TrafficPolicy policy = intent.policy();
    if (policy.connections().isPresent() || policy.connectTimeout().isPresent()) {
      ConnectionPoolSettingsTCPSettingsBuilder tcp = new ConnectionPoolSettingsTCPSettingsBuilder();
      policy.connections().ifPresent(tcp::withMaxConnections);
      policy.connectTimeout().map(Durations::text).ifPresent(tcp::withConnectTimeout);
      port.withNewConnectionPool().withTcp(tcp.build()).endConnectionPool();
    }
    policy.ejection().map(OutsideRule::outlier).ifPresent(port::withOutlierDetection);
    intent.handling().origination().map(how -> tls(intent, how)).ifPresent(port::withTls);
    return port.build();
  }

  private static OutlierDetection outlier(Ejection after) {
    OutlierDetectionBuilder outlier =
        new OutlierDetectionBuilder().withBaseEjectionTime(Durations.text(after.baseTime()));
    return (after.counted() == Ejection.Counted.FIVE_XX
            ? outlier.withConsecutive5xxErrors(after.consecutive())
            : outlier.withConsecutiveGatewayErrors(after.consecutive()))
        .build();
  }

  /** SNI and names are both written: a rule with the one alone would not check the other. */
  private static ClientTLSSettings tls(EgressIntent intent, TlsOrigination origination) {
    String host = intent.host().name();
    ClientTLSSettingsBuilder tls =
        new ClientTLSSettingsBuilder()
            .withSni(host)
            .withSubjectAltNames(
                origination.subjectAltNames().isEmpty()
                    ? List.of(host)
                    : origination.subjectAltNames());
    if (origination.clientCertificate().isPresent()) {
      // The secret holds the authorities, too; Istio refuses both at once.
      tls.withMode(ClientTLSSettingsTLSmode.MUTUAL)
          .withCredentialName(origination.clientCertificate().get());
    } else {
      tls.withMode(ClientTLSSettingsTLSmode.SIMPLE);
      Optional<String> configMap = origination.ca().inConfigMap();
      if (configMap.isPresent()) {
        String home = intent.path().gateway().orElseThrow().namespace();
        tls.withCredentialName("configmap://" + home + "/" + configMap.get());
      } else {
        tls.withCaCertificates(origination.ca().from());
      }
    }
    return tls.build();
  }
}
