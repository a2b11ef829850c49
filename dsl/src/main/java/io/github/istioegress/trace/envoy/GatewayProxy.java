package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.RouteRules;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.ServiceRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What Istio makes of Gateway resources and their routes in a gateway's pods. */
public final class GatewayProxy {

  private final Scope scope;
  private final RouteRules rules;
  private final ServiceRegistry registry;
  private final MergedGateway merged;
  private final Map<Integer, Optional<Listener>> listeners = new ConcurrentHashMap<>();
  private final Map<String, VirtualHosts> virtualHosts = new ConcurrentHashMap<>();

  /**
   * Prepares a gateway.
   *
   * @param scope what its pods know
   * @param gateways the Gateway resources that select them, the oldest first
   * @param services the Services in front of them
   * @param rules all routes
   * @param registry all services
   */
  public GatewayProxy(
      Scope scope,
      List<Resource> gateways,
      List<RegistryService> services,
      RouteRules rules,
      ServiceRegistry registry) {
    this.scope = scope;
    this.rules = rules;
    this.registry = registry;
    this.merged = MergedGateway.of(gateways, services);
  }

  /** What its pods know. */
  public Scope scope() {
    return scope;
  }

  /** The listener on a port of the pods; empty where they refuse the connection. */
  public Optional<Listener> listener(int port) {
    return listeners.computeIfAbsent(port, this::built);
  }

  private Optional<Listener> built(int port) {
    List<FilterChain> chains = new ArrayList<>();
    Set<String> names = new HashSet<>();
    String bind = "0.0.0.0";
    for (Map.Entry<MergedGateway.ServerPort, MergedGateway.Merged> entry :
        merged.servers().entrySet()) {
      if (entry.getKey().number() != port) {
        continue;
      }
      if (!entry.getKey().bind().isEmpty()) {
        bind = entry.getKey().bind();
      }
      List<GatewayServer> servers = entry.getValue().servers();
      if (servers.get(0).protocol().isHttp()) {
        chains.add(
            FilterChain.http(
                entry.getValue().routeConfig(),
                false,
                servers.stream().map(GatewayServer::decision).toList()));
      } else {
        servers.forEach(server -> chains.addAll(chains(server, names)));
      }
    }
    // Without a chain there is no listener, and the port stays closed.
    return chains.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Listener(
                bind + "_" + port,
                chains.stream().map(c -> c.asking(List.of(scope.namespace()))).toList(),
                Optional.empty()));
  }

  private List<FilterChain> chains(GatewayServer server, Set<String> names) {
    if (server.isTls() && server.readsHttp()) {
      return List.of(
          new FilterChain(
              server.serverNames(),
              List.of(),
              false,
              server.terminates(),
              Optional.of(server.routeConfig(server.number())),
              List.of(),
              List.of(),
              List.of(server.decision())));
    }
    if (server.passesThrough()) {
      return passthrough(server, names);
    }
    return bytes(server)
        .map(
            chain ->
                new FilterChain(
                    server.isTls() ? server.serverNames() : List.of(),
                    List.of(),
                    false,
                    server.terminates(),
                    Optional.empty(),
                    chain.clusters(),
                    chain.policyNamespaces(),
                    chain.decisions()))
        .stream()
        .toList();
  }

  private List<RouteRule> bound(GatewayServer server) {
    return rules.boundTo(server.gateway(), scope.namespace());
  }

  private static boolean meets(GatewayServer server, RouteRule rule) {
    return rule.hosts().stream()
        .anyMatch(
            host ->
                server.hostsFor(rule.namespace()).stream()
                    .anyMatch(own -> HostMatch.overlap(own, host)));
  }

  private List<FilterChain> passthrough(GatewayServer server, Set<String> names) {
    List<FilterChain> chains = new ArrayList<>();
    for (RouteRule rule : bound(server)) {
      if (!meets(server, rule)) {
        continue;
      }
      for (int r = 0; r < rule.spec().getTls().size(); r++) {
        TLSRoute route = rule.spec().getTls().get(r);
        for (TLSMatchAttributes match : route.getMatch()) {
          boolean fits =
              !route.getRoute().isEmpty()
                  && fits(server, rule, match.getGateways(), Metadata.number(match.getPort()));
          // A match with an SNI that another has on the port is left out as a whole.
          if (fits && match.getSniHosts().stream().noneMatch(names::contains)) {
            names.addAll(match.getSniHosts());
            chains.add(
                FilterChain.bytes(
                    match.getSniHosts(),
                    List.of(),
                    Destinations.clusters(route.getRoute(), rule, scope, server.number()),
                    List.of(
                        Decision.of(rule.resource(), "spec.tls[" + r + "]"), server.decision())));
          }
        }
      }
    }
    return chains;
  }

  /** The first tcp route that fits takes everything of a server of bytes. */
  private Optional<FilterChain> bytes(GatewayServer server) {
    for (RouteRule rule : bound(server)) {
      if (!meets(server, rule)) {
        continue;
      }
      for (int r = 0; r < rule.spec().getTcp().size(); r++) {
        TCPRoute route = rule.spec().getTcp().get(r);
        List<L4MatchAttributes> matches = route.getMatch();
        boolean fits =
            matches.isEmpty()
                || matches.stream()
                    .anyMatch(
                        m -> fits(server, rule, m.getGateways(), Metadata.number(m.getPort())));
        if (fits && !route.getRoute().isEmpty()) {
          return Optional.of(
              FilterChain.bytes(
                  List.of(),
                  List.of(),
                  Destinations.clusters(route.getRoute(), rule, scope, server.number()),
                  List.of(Decision.of(rule.resource(), "spec.tcp[" + r + "]"), server.decision())));
        }
      }
      Optional<FilterChain> ended = server.isTls() ? endedTls(server, rule) : Optional.empty();
      if (ended.isPresent()) {
        return ended;
      }
    }
    return Optional.empty();
  }

  /**
   * A TLSRoute of the Gateway API holds for a server that ends TLS, too; what it sends is bytes.
   */
  private Optional<FilterChain> endedTls(GatewayServer server, RouteRule rule) {
    for (int r = 0; rule.ofGatewayApi() && r < rule.spec().getTls().size(); r++) {
      TLSRoute route = rule.spec().getTls().get(r);
      boolean fits =
          route.getMatch().stream()
              .anyMatch(m -> fits(server, rule, m.getGateways(), Metadata.number(m.getPort())));
      if (fits) {
        return Optional.of(
            FilterChain.bytes(
                List.of(),
                List.of(),
                Destinations.clusters(route.getRoute(), rule, scope, server.number()),
                List.of(Decision.of(rule.resource(), "spec.tls[" + r + "]"), server.decision())));
      }
    }
    return Optional.empty();
  }

  private static boolean fits(
      GatewayServer server, RouteRule rule, List<String> gateways, int port) {
    return (port == 0 || port == server.number()) && rule.binds(gateways, server.gateway());
  }

  /** The virtual hosts of a route configuration. */
  public VirtualHosts virtualHosts(String routeConfig) {
    return virtualHosts.computeIfAbsent(
        routeConfig,
        name ->
            new VirtualHosts(
                new GatewayVirtualHosts(scope, rules, registry)
                    .build(merged.withRouteConfig(name))));
  }
}
