package io.github.istioegress.importer;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.resource.ResourceKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from routes which way calls take, and what is spoken to the gateway. */
record WayReader(InputSet input, FoundGateways gateways) {

  private static final List<ResourceKind> ROUTES =
      List.of(
          ResourceKind.HTTP_ROUTE,
          ResourceKind.GRPC_ROUTE,
          ResourceKind.TLS_ROUTE,
          ResourceKind.TCP_ROUTE);

  /** The way of calls to a port of an entry. */
  EgressPath of(String namespace, ServiceEntry entry, int port) {
    String host = entry.getSpec().getHosts().get(0);
    for (FoundLeg leg : input.legs(namespace, host)) {
      if (leg.isMesh() && leg.isFor(port)) {
        for (Destination to : leg.destinations()) {
          Optional<EgressGateway> gateway = gateways.behind(String.valueOf(to.getHost()));
          if (gateway.isPresent()) {
            return path(namespace, gateway.get(), String.valueOf(to.getSubset()), port);
          }
        }
      }
    }
    String base = entry.getMetadata().getName();
    return gateways.all().stream()
        .filter(gateway -> gateway.flavor() == GatewayFlavor.GATEWAY_API)
        .filter(gateway -> isRouted(namespace, gateway, base, port))
        .findFirst()
        .map(gateway -> path(namespace, gateway, "", port))
        .orElseGet(() -> direct(namespace, host, port));
  }

  /**
   * Straight from the sidecar.
   *
   * @throws IllegalArgumentException when a route leads elsewhere, for whatever that means it is
   *     not direct
   */
  private EgressPath direct(String namespace, String host, int port) {
    for (FoundLeg leg : input.seen(namespace, host)) {
      for (Destination to : leg.destinations()) {
        if (leg.isMesh() && leg.isFor(port) && !host.equals(to.getHost())) {
          throw new IllegalArgumentException(
              "VirtualService %s/%s sends calls of port %s to %s, a way that no sentence which was tried takes"
                  .formatted(
                      leg.from().getMetadata().getNamespace(),
                      leg.from().getMetadata().getName(),
                      port,
                      to.getHost()));
        }
      }
    }
    return EgressPath.direct();
  }

  /** The host to which a gateway sends all calls for a wildcard. */
  Optional<ExternalHost> serving(String namespace, ExternalHost wildcard, int port) {
    return input.legs(namespace, wildcard.name()).stream()
        .filter(leg -> !leg.isMesh() && leg.isFor(port))
        .flatMap(leg -> leg.destinations().stream())
        .map(Destination::getHost)
        .filter(host -> host != null && !host.equals(wildcard.name()))
        .map(ExternalHost::new)
        .findFirst();
  }

  private boolean isRouted(String namespace, EgressGateway gateway, String base, int port) {
    String name = ResourceNames.routeTo(gateway.gatewayName(), base, port);
    return ROUTES.stream()
        .anyMatch(kind -> input.resources().find(kind.key(namespace, name)).isPresent());
  }

  private EgressPath path(String namespace, EgressGateway gateway, String subset, int port) {
    boolean mutual =
        input.rules(namespace, gateway.serviceHost()).stream()
            .flatMap(rule -> policies(rule, subset))
            .flatMap(policy -> tls(policy, port))
            .anyMatch(tls -> tls.getMode() == ClientTLSSettingsTLSmode.ISTIO_MUTUAL);
    return mutual ? EgressPath.through(gateway.overIstioMutualTls()) : EgressPath.through(gateway);
  }

  private static Stream<TrafficPolicy> policies(DestinationRule rule, String name) {
    List<Subset> subsets = rule.getSpec().getSubsets();
    return Stream.concat(
            Stream.ofNullable(rule.getSpec().getTrafficPolicy()),
            subsets.stream()
                .filter(subset -> name.equals(subset.getName()))
                .map(Subset::getTrafficPolicy))
        .filter(Objects::nonNull);
  }

  private static Stream<ClientTLSSettings> tls(TrafficPolicy policy, int port) {
    @Nullable ClientTLSSettings whole = policy.getTls();
    return Stream.concat(
        Stream.ofNullable(whole),
        policy.getPortLevelSettings().stream()
            .filter(
                one ->
                    one.getPort() != null
                        && one.getPort().getNumber() != null
                        && one.getPort().getNumber() == port)
            .flatMap(one -> Stream.ofNullable(one.getTls())));
  }
}
