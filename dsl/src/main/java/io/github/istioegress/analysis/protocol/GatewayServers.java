package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.Metadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The servers of one Gateway, found by the hosts that routes bind to them. */
final class GatewayServers {

  private final List<OpenServer> all;
  private final Map<String, List<OpenServer>> byHost = new HashMap<>();

  private GatewayServers(List<OpenServer> all) {
    this.all = all;
    for (OpenServer server : all) {
      server
          .names()
          .forEach(name -> byHost.computeIfAbsent(name, key -> new ArrayList<>()).add(server));
    }
  }

  static GatewayServers of(Manifest<Gateway> gateway) {
    return new GatewayServers(OpenServer.of(gateway));
  }

  /** The servers with a host and a port of a route. */
  List<OpenServer> meantBy(Leg leg, String gateway) {
    Set<Integer> ports = ports(leg, gateway);
    return leg.rule().hosts().stream()
        .flatMap(this::withHost)
        .filter(server -> ports.contains(0) || ports.contains(server.number()))
        .distinct()
        .toList();
  }

  private Stream<OpenServer> withHost(String host) {
    if (HostMatch.isWildcard(host)) {
      return all.stream()
          .filter(server -> server.names().stream().anyMatch(one -> HostMatch.overlap(one, host)));
    }
    Set<OpenServer> servers = new LinkedHashSet<>(byHost.getOrDefault(host, List.of()));
    for (int from = 0; from <= host.length(); from++) {
      servers.addAll(byHost.getOrDefault("*" + host.substring(from), List.of()));
    }
    return servers.stream();
  }

  /** The ports that it matches at a gateway; 0 for any. */
  private static Set<Integer> ports(Leg leg, String gateway) {
    Set<Integer> ports = new LinkedHashSet<>();
    leg.http()
        .ifPresent(
            http -> {
              for (HTTPMatchRequest match : http.getMatch()) {
                add(ports, leg, gateway, match.getGateways(), match.getPort());
              }
            });
    leg.tls()
        .ifPresent(
            tls -> {
              for (TLSMatchAttributes match : tls.getMatch()) {
                add(ports, leg, gateway, match.getGateways(), match.getPort());
              }
            });
    leg.tcp()
        .ifPresent(
            tcp -> {
              for (L4MatchAttributes match : tcp.getMatch()) {
                add(ports, leg, gateway, match.getGateways(), match.getPort());
              }
            });
    return ports.isEmpty() ? Set.of(0) : ports;
  }

  private static void add(
      Set<Integer> ports,
      Leg leg,
      String gateway,
      List<String> gateways,
      @org.jspecify.annotations.Nullable Long port) {
    if (leg.rule().binds(gateways, gateway)) {
      ports.add(Metadata.number(port));
    }
  }
}
