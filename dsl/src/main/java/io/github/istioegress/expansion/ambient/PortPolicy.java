package io.github.istioegress.expansion.ambient;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.ConnectionPoolSettingsTCPSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.OutlierDetection;
import io.fabric8.istio.api.api.networking.v1alpha3.OutlierDetectionBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicyBuilder;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.Ejection;
import io.github.istioegress.intent.TlsOrigination;
import io.github.istioegress.intent.TrafficPolicy;
import java.util.List;
import java.util.Optional;

/** How a waypoint connects to a port of a host. */
final class PortPolicy {

  private PortPolicy() {}

  /**
   * The settings of a port.
   *
   * @param intent the sentence on the port
   * @param home the namespace of the waypoint, where its secrets lie
   */
  static TrafficPolicyPortTrafficPolicy of(EgressIntent intent, String home) {
    TrafficPolicyPortTrafficPolicyBuilder port =
        new TrafficPolicyPortTrafficPolicyBuilder().withNewPort((long) intent.port().number());
    TrafficPolicy policy = intent.policy();
    if (policy.connections().isPresent() || policy.connectTimeout().isPresent()) {
      ConnectionPoolSettingsTCPSettingsBuilder tcp = new ConnectionPoolSettingsTCPSettingsBuilder();
      policy.connections().ifPresent(tcp::withMaxConnections);
      policy.connectTimeout().map(WaypointHost::text).ifPresent(tcp::withConnectTimeout);
      port.withNewConnectionPool().withTcp(tcp.build()).endConnectionPool();
    }
    policy.ejection().map(PortPolicy::outlier).ifPresent(port::withOutlierDetection);
    intent.handling().origination().map(how -> tls(intent, how, home)).ifPresent(port::withTls);
    return port.build();
  }

  private static OutlierDetection outlier(Ejection after) {
    OutlierDetectionBuilder outlier =
        new OutlierDetectionBuilder().withBaseEjectionTime(WaypointHost.text(after.baseTime()));
    return (after.counted() == Ejection.Counted.FIVE_XX
            ? outlier.withConsecutive5xxErrors(after.consecutive())
            : outlier.withConsecutiveGatewayErrors(after.consecutive()))
        .build();
  }

  /** SNI and names are both written: a rule with the one alone would not check the other. */
  private static ClientTLSSettings tls(EgressIntent intent, TlsOrigination how, String home) {
    String host = intent.host().name();
    List<String> names = how.subjectAltNames();
    ClientTLSSettingsBuilder tls =
        new ClientTLSSettingsBuilder()
            .withSni(host)
            .withSubjectAltNames(names.isEmpty() ? List.of(host) : names);
    Optional<String> configMap = how.ca().inConfigMap();
    if (how.clientCertificate().isPresent()) {
      return tls.withMode(ClientTLSSettingsTLSmode.MUTUAL)
          .withCredentialName(how.clientCertificate().get())
          .build();
    }
    tls.withMode(ClientTLSSettingsTLSmode.SIMPLE);
    return (configMap.isPresent()
            ? tls.withCredentialName("configmap://" + home + "/" + configMap.get())
            : tls.withCaCertificates(how.ca().from()))
        .build();
  }
}
