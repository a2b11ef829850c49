package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicyBuilder;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.TlsOrigination;
import java.util.List;
import java.util.Optional;

/**
 * The rule by which the last proxy originates TLS to a host. It holds for the ports said, never for
 * the whole host, and is seen by that proxy alone: another would wrap TLS in TLS.
 */
final class OutsideRule {

  private OutsideRule() {}

  /**
   * The rule; empty where no sentence originates TLS.
   *
   * @param apiVersion its API version
   * @param namespace its namespace
   * @param base the base of the host's names
   * @param host the host
   */
  static Optional<DestinationRule> of(
      String apiVersion, String namespace, String base, HostEgress host) {
    List<EgressIntent> originating =
        host.intents().stream().filter(i -> i.handling().origination().isPresent()).toList();
    if (originating.isEmpty()) {
      return Optional.empty();
    }
    EgressIntent first = originating.get(0);
    String seenBy =
        first
            .path()
            .gateway()
            .map(gateway -> gateway.namespace())
            .filter(home -> !home.equals(namespace))
            .orElse(".");
    DestinationRuleBuilder rule =
        new DestinationRuleBuilder()
            .withApiVersion(apiVersion)
            .withNewMetadata()
            .withName(ResourceNames.outsideRule(base))
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .withHost(host.host().name())
            .withNewTrafficPolicy()
            .withPortLevelSettings(originating.stream().map(OutsideRule::port).toList())
            .endTrafficPolicy()
            .withExportTo(seenBy)
            .endSpec();
    first
        .handling()
        .origination()
        .flatMap(TlsOrigination::only)
        .ifPresent(
            pods ->
                rule.editSpec()
                    .withNewWorkloadSelector()
                    .withMatchLabels(pods.labels())
                    .endWorkloadSelector()
                    .endSpec());
    return Optional.of(rule.build());
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
