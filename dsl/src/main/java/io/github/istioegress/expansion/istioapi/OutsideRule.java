package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicyBuilder;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.TlsOrigination;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rule by which the last proxy originates TLS to a host. It holds for the ports said, never for
 * the whole host, and for that proxy's pods alone: another would wrap TLS in TLS. A gateway's rule
 * lies in the gateway's namespace and selects its pods, a sidecar's in the namespace of the
 * callers.
 */
final class OutsideRule {

  private OutsideRule() {}

  /**
   * The rule; empty where no sentence originates TLS.
   *
   * @param apiVersion its API version
   * @param namespace the namespace of the callers
   * @param host the host
   */
  static Optional<DestinationRule> of(String apiVersion, String namespace, HostEgress host) {
    List<EgressIntent> originating =
        host.intents().stream().filter(i -> i.handling().origination().isPresent()).toList();
    if (originating.isEmpty()) {
      return Optional.empty();
    }
    EgressIntent first = originating.get(0);
    Optional<EgressGateway> gateway = first.path().gateway();
    DestinationRuleBuilder rule =
        new DestinationRuleBuilder()
            .withApiVersion(apiVersion)
            .withNewMetadata()
            // By the host, not by a given name: sentences of several namespaces make it together.
            .withName(ResourceNames.outsideRule(host.host().dashed()))
            .withNamespace(gateway.map(EgressGateway::namespace).orElse(namespace))
            .endMetadata()
            .withNewSpec()
            .withHost(host.host().name())
            .withNewTrafficPolicy()
            .withPortLevelSettings(originating.stream().map(OutsideRule::port).toList())
            .endTrafficPolicy()
            .withExportTo(".")
            .endSpec();
    pods(first)
        .ifPresent(
            labels ->
                rule.editSpec()
                    .withNewWorkloadSelector()
                    .withMatchLabels(labels)
                    .endWorkloadSelector()
                    .endSpec());
    return Optional.of(rule.build());
  }

  private static Optional<Map<String, String>> pods(EgressIntent intent) {
    return intent
        .path()
        .gateway()
        .map(EgressGateway::labels)
        .or(() -> intent.handling().origination().flatMap(TlsOrigination::only).map(Pods::labels));
  }

  private static TrafficPolicyPortTrafficPolicy port(EgressIntent intent) {
    return new TrafficPolicyPortTrafficPolicyBuilder()
        .withNewPort((long) intent.port().number())
        .withTls(tls(intent, intent.handling().origination().orElseThrow()))
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
      tls.withMode(ClientTLSSettingsTLSmode.SIMPLE)
          .withCaCertificates(origination.ca().caCertificates());
    }
    return tls.build();
  }
}
