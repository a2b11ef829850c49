package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.CallingProxy;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.trace.registry.ResolvedNames;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * EGR109: a credentialName names a Secret that the proxy does not have in its own namespace, or one
 * without the keys that the mode needs.
 */
final class MissingCredentialAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    CredentialCheck check = new CredentialCheck(context, out);
    for (Manifest<Gateway> gateway : context.gateways()) {
      Set<String> homes = new TreeSet<>();
      context.model().podsOf(gateway.key()).stream().map(Workload::namespace).forEach(homes::add);
      for (int i = 0; i < gateway.spec().getServers().size(); i++) {
        ServerTLSSettings tls = gateway.spec().getServers().get(i).getTls();
        if (tls != null && tls.getCredentialName() != null) {
          boolean mutual = tls.getMode() == ServerTLSSettingsTLSmode.MUTUAL;
          String path = "spec.servers[" + i + "].tls.credentialName";
          String more = tls.getCaCertCredentialName();
          check.judge(gateway, path, tls.getCredentialName(), homes, true, mutual && more == null);
        }
      }
    }
    Map<String, Set<String>> homesByHost = gatewaysSendingTo(context);
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      TrafficPolicy policy = rule.spec().getTrafficPolicy();
      if (policy == null || rule.spec().getHost() == null) {
        continue;
      }
      String host = ResolvedNames.host(rule.spec().getHost(), rule.namespace());
      Set<String> homes =
          rule.spec().getWorkloadSelector() != null
              ? Set.of(rule.namespace())
              : homesByHost.getOrDefault(host, Set.of());
      client(check, rule, "spec.trafficPolicy.tls", policy.getTls(), homes);
      for (int i = 0; i < policy.getPortLevelSettings().size(); i++) {
        client(
            check,
            rule,
            "spec.trafficPolicy.portLevelSettings[" + i + "].tls",
            policy.getPortLevelSettings().get(i).getTls(),
            homes);
      }
    }
  }

  private static void client(
      CredentialCheck check,
      Manifest<DestinationRule> rule,
      String path,
      @org.jspecify.annotations.Nullable ClientTLSSettings tls,
      Set<String> homes) {
    if (tls != null && tls.getCredentialName() != null) {
      boolean mutual = tls.getMode() == ClientTLSSettingsTLSmode.MUTUAL;
      String name = tls.getCredentialName();
      check.judge(rule, path + ".credentialName", name, homes, mutual, !mutual);
    }
  }

  /** By destination the namespaces of the gateways that send to it. */
  private static Map<String, Set<String>> gatewaysSendingTo(AnalysisContext context) {
    Map<String, Set<String>> homes = new HashMap<>();
    for (Leg leg : context.legs()) {
      if (leg.isOfGateway()) {
        for (CallingProxy proxy : context.proxiesOf(leg)) {
          proxy
              .gateway()
              .ifPresent(
                  pod ->
                      leg.targets()
                          .forEach(
                              target ->
                                  homes
                                      .computeIfAbsent(target.host(), host -> new TreeSet<>())
                                      .add(pod.namespace())));
        }
      }
    }
    return homes;
  }
}
