package io.github.istioegress.expansion.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.ConnectionPoolSettingsHTTPSettingsBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicyBuilder;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.DestinationRuleBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.PortProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a namespace's sidecars speak to the Service that istiod makes for a gateway: mutual TLS of
 * the mesh where the sentences say so, and HTTP/2 where the application speaks it, for the
 * Service's ports are named after listeners, which know HTTP alone.
 */
final class ServiceRule {

  private ServiceRule() {}

  /** The rule; empty where no port needs one. */
  static Optional<DestinationRule> of(
      String apiVersion, NamespaceEgress said, EgressGateway gateway) {
    TreeMap<Integer, List<EgressIntent>> byPort = new TreeMap<>();
    said.intents().stream()
        .filter(intent -> intent.path().gateway().filter(gateway::equals).isPresent())
        .forEach(
            intent ->
                byPort
                    .computeIfAbsent(intent.port().number(), port -> new ArrayList<>())
                    .add(intent));
    List<TrafficPolicyPortTrafficPolicy> ports = new ArrayList<>();
    byPort.forEach((port, intents) -> port(port, intents).ifPresent(ports::add));
    if (ports.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DestinationRuleBuilder()
            .withApiVersion(apiVersion)
            .withNewMetadata()
            .withName(ResourceNames.ofGateway(said, gateway))
            .withNamespace(said.namespace().name())
            .endMetadata()
            .withNewSpec()
            .withHost(gateway.serviceHost())
            .withNewTrafficPolicy()
            .withPortLevelSettings(ports)
            .endTrafficPolicy()
            // A sidecar takes the rule of its own namespace first, so nobody else needs to see it.
            .withExportTo(".")
            .endSpec()
            .build());
  }

  private static Optional<TrafficPolicyPortTrafficPolicy> port(
      int number, List<EgressIntent> intents) {
    EgressIntent first = intents.get(0);
    boolean mutual = first.path().hop() == GatewayHop.ISTIO_MUTUAL;
    boolean http2 =
        intents.stream()
            .map(intent -> intent.port().protocol())
            .anyMatch(spoken -> spoken == PortProtocol.HTTP2 || spoken == PortProtocol.GRPC);
    TrafficPolicyPortTrafficPolicyBuilder port =
        new TrafficPolicyPortTrafficPolicyBuilder().withNewPort((long) number);
    if (http2) {
      port.withNewConnectionPool()
          .withHttp(
              new ConnectionPoolSettingsHTTPSettingsBuilder().withUseClientProtocol(true).build())
          .endConnectionPool();
    }
    if (mutual) {
      // Bytes find their listener by the SNI; HTTP shares one, and is told apart by its Host.
      boolean readable = first.port().protocol().isReadable();
      port.withNewTls()
          .withMode(ClientTLSSettingsTLSmode.ISTIO_MUTUAL)
          .withSni(readable ? null : first.host().name())
          .endTls();
    }
    return http2 || mutual ? Optional.of(port.build()) : Optional.empty();
  }
}
