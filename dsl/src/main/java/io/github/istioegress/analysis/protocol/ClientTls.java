package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.ResolvedNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * TLS that a DestinationRule makes proxies speak.
 *
 * @param rule the DestinationRule
 * @param host its host, fully qualified
 * @param subset the subset for which it is said; empty for the whole host
 * @param port the port for which it is said; 0 for all
 * @param path the field, {@code spec.trafficPolicy.tls}
 * @param settings what is said
 */
record ClientTls(
    Manifest<DestinationRule> rule,
    String host,
    String subset,
    int port,
    String path,
    ClientTLSSettings settings) {

  /** All of a set, in order. */
  static List<ClientTls> of(AnalysisContext context) {
    List<ClientTls> all = new ArrayList<>();
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      if (rule.spec().getHost() == null) {
        continue;
      }
      add(all, rule, "", "spec.trafficPolicy", rule.spec().getTrafficPolicy());
      List<Subset> subsets = rule.spec().getSubsets();
      for (int i = 0; i < subsets.size(); i++) {
        String name = Objects.requireNonNullElse(subsets.get(i).getName(), "");
        String path = "spec.subsets[" + i + "].trafficPolicy";
        add(all, rule, name, path, subsets.get(i).getTrafficPolicy());
      }
    }
    return all;
  }

  private static void add(
      List<ClientTls> all,
      Manifest<DestinationRule> rule,
      String subset,
      String path,
      @Nullable TrafficPolicy policy) {
    if (policy == null) {
      return;
    }
    String host = ResolvedNames.host(rule.spec().getHost(), rule.namespace());
    if (policy.getTls() != null) {
      all.add(new ClientTls(rule, host, subset, 0, path + ".tls", policy.getTls()));
    }
    List<TrafficPolicyPortTrafficPolicy> ports = policy.getPortLevelSettings();
    for (int i = 0; i < ports.size(); i++) {
      TrafficPolicyPortTrafficPolicy port = ports.get(i);
      if (port.getTls() != null && port.getPort() != null) {
        int number = Metadata.number(port.getPort().getNumber());
        String at = path + ".portLevelSettings[" + i + "].tls";
        all.add(new ClientTls(rule, host, subset, number, at, port.getTls()));
      }
    }
  }

  /** By the rule that says it. */
  static Map<ResourceKey, List<ClientTls>> byRule(AnalysisContext context) {
    Map<ResourceKey, List<ClientTls>> byRule = new HashMap<>();
    of(context)
        .forEach(
            one -> byRule.computeIfAbsent(one.rule().key(), key -> new ArrayList<>()).add(one));
    return byRule;
  }

  /** What holds for the cluster to which a proxy sends; empty where no rule says TLS for it. */
  static Optional<ClientTls> appliedIn(Hop hop, Map<ResourceKey, List<ClientTls>> byRule) {
    Set<ResourceKey> rules =
        hop.decisions().stream().map(one -> one.resource()).collect(Collectors.toSet());
    return rules.stream()
        .flatMap(rule -> byRule.getOrDefault(rule, List.of()).stream())
        .filter(one -> one.subset().isEmpty() || one.subset().equals(hop.subset()))
        .filter(one -> one.port() == 0 || one.port() == hop.port())
        .max(
            Comparator.comparing((ClientTls one) -> !one.subset().isEmpty())
                .thenComparing(one -> one.port() != 0)
                .thenComparing(one -> one.rule().key().toString()));
  }

  /** True where it begins TLS with a server outside of the mesh. */
  boolean originates() {
    return settings.getMode() == ClientTLSSettingsTLSmode.SIMPLE
        || settings.getMode() == ClientTLSSettingsTLSmode.MUTUAL;
  }

  /** True where it is for some pods only. */
  boolean isSelective() {
    return rule.spec().getWorkloadSelector() != null;
  }

  String sni() {
    return Objects.requireNonNullElse(settings.getSni(), "");
  }

  String caCertificates() {
    return Objects.requireNonNullElse(settings.getCaCertificates(), "");
  }

  String credentialName() {
    return Objects.requireNonNullElse(settings.getCredentialName(), "");
  }

  boolean skipsVerification() {
    return Boolean.TRUE.equals(settings.getInsecureSkipVerify());
  }

  /** The mode as it is written; a setting without one turns TLS off. */
  String mode() {
    return settings.getMode() == null ? "DISABLE" : settings.getMode().name();
  }
}
