package io.github.istioegress.importer;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.OutlierDetection;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.github.istioegress.intent.Ca;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.Ejection;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.TlsOrigination;
import io.github.istioegress.manifest.Durations;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a DestinationRule says of the way from the last proxy to a host. */
final class OutsideReader {

  private static final String CONFIG_MAP = "configmap://";

  private final Optional<DestinationRule> rule;
  private final String host;

  /**
   * Finds the rule.
   *
   * @param home the namespace of the last proxy
   * @param gateway the last proxy, where it is a gateway; its rule selects it by its labels
   */
  OutsideReader(InputSet input, String home, String host, Optional<EgressGateway> gateway) {
    this.host = host;
    List<DestinationRule> rules = input.rules(home, host);
    this.rule =
        rules.stream()
            .filter(one -> gateway.isEmpty() || gateway.get().labels().equals(selected(one)))
            .findFirst()
            .or(() -> rules.stream().findFirst());
  }

  private static Map<String, String> selected(DestinationRule rule) {
    var selector = rule.getSpec().getWorkloadSelector();
    return selector == null || selector.getMatchLabels() == null
        ? Map.of()
        : selector.getMatchLabels();
  }

  /** What it says of a port. */
  private Optional<TrafficPolicyPortTrafficPolicy> port(int number) {
    return rule.map(one -> one.getSpec().getTrafficPolicy())
        .map(policy -> policy.getPortLevelSettings())
        .flatMap(
            ports ->
                ports.stream()
                    .filter(
                        one ->
                            one.getPort() != null
                                && one.getPort().getNumber() != null
                                && one.getPort().getNumber() == number)
                    .findFirst());
  }

  /**
   * The TLS that it begins.
   *
   * @param toPort the port outside
   * @param direct true where sidecars do it
   */
  Optional<TlsOrigination> origination(int number, int toPort, boolean direct) {
    return port(number)
        .map(TrafficPolicyPortTrafficPolicy::getTls)
        .filter(
            tls ->
                tls.getMode() == ClientTLSSettingsTLSmode.SIMPLE
                    || tls.getMode() == ClientTLSSettingsTLSmode.MUTUAL)
        .map(tls -> origination(tls, toPort, direct));
  }

  private TlsOrigination origination(ClientTLSSettings tls, int toPort, boolean direct) {
    TlsOrigination made = TlsOrigination.standard().toPort(toPort);
    List<String> names = tls.getSubjectAltNames();
    if (names != null && !names.isEmpty() && !names.equals(List.of(host))) {
      made = made.expecting(names);
    }
    String credential = tls.getCredentialName();
    if (tls.getMode() == ClientTLSSettingsTLSmode.MUTUAL && credential != null) {
      made = made.showing(credential);
    } else if (credential != null && credential.startsWith(CONFIG_MAP)) {
      made =
          made.trusting(new Ca(CONFIG_MAP + credential.substring(credential.lastIndexOf('/') + 1)));
    } else if (tls.getCaCertificates() != null && !tls.getCaCertificates().equals("system")) {
      made = made.trusting(Ca.file(tls.getCaCertificates()));
    }
    Map<String, String> pods = rule.map(OutsideReader::selected).orElse(Map.of());
    return direct && !pods.isEmpty() ? made.onlyBy(new Pods(pods)) : made;
  }

  /** The sentence with what it says of connections. */
  HttpGatewayIntent connections(HttpGatewayIntent said, int number) {
    Optional<TrafficPolicyPortTrafficPolicy> port = port(number);
    HttpGatewayIntent more = said;
    var pool = port.map(TrafficPolicyPortTrafficPolicy::getConnectionPool).map(p -> p.getTcp());
    if (pool.isPresent()) {
      Integer most = pool.get().getMaxConnections();
      if (most != null) {
        more = more.connections(most);
      }
      var longest = Optional.ofNullable(pool.get().getConnectTimeout()).flatMap(Durations::parse);
      if (longest.isPresent()) {
        more = more.connectTimeout(longest.get());
      }
    }
    Optional<Ejection> ejection =
        port.map(TrafficPolicyPortTrafficPolicy::getOutlierDetection).flatMap(this::ejection);
    return ejection.isPresent() ? more.ejectAfter(ejection.get()) : more;
  }

  private Optional<Ejection> ejection(OutlierDetection outlier) {
    Optional<Ejection> counted =
        outlier.getConsecutive5xxErrors() != null
            ? Optional.of(Ejection.consecutive5xx(outlier.getConsecutive5xxErrors()))
            : Optional.ofNullable(outlier.getConsecutiveGatewayErrors())
                .map(Ejection::consecutiveGatewayErrors);
    return counted.map(
        one ->
            Optional.ofNullable(outlier.getBaseEjectionTime())
                .flatMap(Durations::parse)
                .map(one::lasting)
                .orElse(one));
  }
}
