package io.github.istioegress.expansion.settings;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.ConnectionPoolSettingsTCPSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.LoadBalancerSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.LoadBalancerSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.OutlierDetection;
import io.fabric8.istio.api.api.networking.v1alpha3.OutlierDetectionBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicyBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.Ejection;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.TlsOrigination;
import io.github.istioegress.intent.TrafficPolicy;
import java.util.List;
import java.util.Optional;

/** How the last proxy goes to a host on one port, as a rule says it ({@code portLevelSettings}). */
public final class PortSettings {

  /** A first host that fails as a whole has to be left alone as a whole. */
  private static final int EVERY_ADDRESS = 100;

  private static final Ejection STANDARD = Ejection.consecutiveGatewayErrors(5);

  private PortSettings() {}

  /**
   * The policy of a sentence's port.
   *
   * @param intent the sentence
   * @param named the host that the proxy calls by its name
   * @param home the namespace of the proxy, where its secrets lie
   */
  public static TrafficPolicyPortTrafficPolicy of(
      EgressIntent intent, ExternalHost named, String home) {
    TrafficPolicyPortTrafficPolicyBuilder port =
        new TrafficPolicyPortTrafficPolicyBuilder().withNewPort((long) intent.port().number());
    TrafficPolicy policy = intent.policy();
    if (policy.connections().isPresent() || policy.connectTimeout().isPresent()) {
      ConnectionPoolSettingsTCPSettingsBuilder tcp = new ConnectionPoolSettingsTCPSettingsBuilder();
      policy.connections().ifPresent(tcp::withMaxConnections);
      policy.connectTimeout().map(Durations::text).ifPresent(tcp::withConnectTimeout);
      port.withNewConnectionPool().withTcp(tcp.build()).endConnectionPool();
    }
    if (intent.handling().failsOver()) {
      port.withLoadBalancer(firstThen(intent.host()));
      port.withOutlierDetection(
          new OutlierDetectionBuilder(outlier(policy.ejection().orElse(STANDARD)))
              .withMaxEjectionPercent(EVERY_ADDRESS)
              .build());
    } else {
      policy.ejection().map(PortSettings::outlier).ifPresent(port::withOutlierDetection);
    }
    intent.handling().origination().map(how -> tls(named, how, home)).ifPresent(port::withTls);
    return port.build();
  }

  /** True where a port needs no policy: its rule is there for the subsets alone. */
  public static boolean isEmpty(EgressIntent intent) {
    return intent.handling().origination().isEmpty()
        && !intent.policy().isOfConnections()
        && !intent.handling().failsOver();
  }

  /** Endpoints with the label come first; the others are for when none of these is left. */
  private static LoadBalancerSettings firstThen(ExternalHost first) {
    return new LoadBalancerSettingsBuilder()
        .withNewLocalityLbSetting()
        .withFailoverPriority(ResourceNames.HOST + "=" + ResourceNames.hostLabel(first))
        .endLocalityLbSetting()
        .build();
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
  private static ClientTLSSettings tls(ExternalHost host, TlsOrigination origination, String home) {
    ClientTLSSettingsBuilder tls =
        new ClientTLSSettingsBuilder()
            .withSni(host.name())
            .withSubjectAltNames(
                origination.subjectAltNames().isEmpty()
                    ? List.of(host.name())
                    : origination.subjectAltNames());
    Optional<String> secret = origination.clientCertificate();
    if (secret.isPresent()) {
      // The secret holds the authorities, too; Istio refuses both at once.
      tls.withMode(ClientTLSSettingsTLSmode.MUTUAL).withCredentialName(secret.get());
    } else {
      tls.withMode(ClientTLSSettingsTLSmode.SIMPLE);
      Optional<String> configMap = origination.ca().inConfigMap();
      if (configMap.isPresent()) {
        tls.withCredentialName("configmap://" + home + "/" + configMap.get());
      } else {
        tls.withCaCertificates(origination.ca().from());
      }
    }
    return tls.build();
  }
}
