package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.networking.v1.Gateway;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.GatewaySelection;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * All Gateway resources that select one workload, merged to what its pods listen on. What does not
 * go together on a port is left out by Istio without a word to the user.
 */
final class MergedGateway {

  /** A port of the pods, told apart by protocol word and address. */
  record ServerPort(int number, String protocol, String bind) {}

  /** The servers of a port that share a listener, and the routes of plaintext HTTP among them. */
  record Merged(String routeConfig, List<GatewayServer> servers) {}

  private final List<RegistryService> services;
  private final Map<ServerPort, Merged> merged = new LinkedHashMap<>();
  private final Map<Integer, ServerPort> plainText = new HashMap<>();
  private final Map<Integer, Set<String>> tlsHosts = new HashMap<>();
  private final Map<String, List<GatewayServer>> byRouteConfig = new HashMap<>();
  private final Set<Integer> ports = new HashSet<>();

  private MergedGateway(List<RegistryService> services) {
    this.services = services;
  }

  /**
   * Merges Gateway resources.
   *
   * @param gateways those that select the workload, the oldest first
   * @param services the Services in front of the workload, which map ports
   */
  static MergedGateway of(List<Resource> gateways, List<RegistryService> services) {
    MergedGateway merged = new MergedGateway(services);
    for (Resource resource : gateways) {
      Gateway gateway = (Gateway) resource.object();
      for (int i = 0; i < gateway.getSpec().getServers().size(); i++) {
        merged.add(GatewayServer.of(resource, i, gateway.getSpec().getServers().get(i)));
      }
    }
    return merged;
  }

  /** The ports and servers, in the order in which they were met. */
  Map<ServerPort, Merged> servers() {
    return merged;
  }

  /** The servers that share a route configuration. */
  List<GatewayServer> withRouteConfig(String name) {
    return byRouteConfig.getOrDefault(name, List.of());
  }

  private void add(GatewayServer server) {
    if (server.number() != 0) {
      GatewaySelection.ports(server.resource(), server.number(), services)
          .forEach(port -> add(server, port));
    }
  }

  private void add(GatewayServer server, int port) {
    String routes = server.routeConfig(port);
    if (server.server().getTls() != null && !claimHosts(server, port)) {
      return;
    }
    ServerPort key = new ServerPort(port, server.protocolWord(), server.bind());
    if (ports.add(port)) {
      if (!server.isTls()) {
        plainText.put(port, key);
      }
      put(key, server, routes);
      return;
    }
    ServerPort plain = plainText.get(port);
    if (plain == null) {
      addBesideTls(key, server, routes, port);
    } else if (plain.bind().equals(key.bind())) {
      boolean together = server.protocol().isHttp() && Protocol.parse(plain.protocol()).isHttp();
      if (together) {
        Objects.requireNonNull(merged.get(plain)).servers().add(server);
        byRouteConfig.computeIfAbsent(routes, r -> new ArrayList<>()).add(server);
      }
    } else if (merged.containsKey(key)) {
      Objects.requireNonNull(merged.get(key)).servers().add(server);
      byRouteConfig.computeIfAbsent(routes, r -> new ArrayList<>()).add(server);
    } else {
      put(key, server, routes);
    }
  }

  private void addBesideTls(ServerPort key, GatewayServer server, String routes, int port) {
    if (!server.isTls()) {
      plainText.put(port, key);
      put(key, server, routes);
      return;
    }
    if (server.readsHttp()) {
      if (byRouteConfig.containsKey(routes)) {
        return;
      }
      byRouteConfig.put(routes, new ArrayList<>(List.of(server)));
    }
    merged.computeIfAbsent(key, k -> new Merged("", new ArrayList<>())).servers().add(server);
  }

  private void put(ServerPort key, GatewayServer server, String routes) {
    if (server.readsHttp()) {
      byRouteConfig.put(routes, new ArrayList<>(List.of(server)));
    }
    merged.put(key, new Merged(routes, new ArrayList<>(List.of(server))));
  }

  /** A TLS server with a host that another has on the port is left out as a whole. */
  private boolean claimHosts(GatewayServer server, int port) {
    Set<String> taken = tlsHosts.computeIfAbsent(port, p -> new HashSet<>());
    List<String> claims = server.hosts().stream().map(host -> host + "@" + server.bind()).toList();
    if (claims.stream().anyMatch(taken::contains)) {
      return false;
    }
    return taken.addAll(claims) || claims.isEmpty();
  }
}
