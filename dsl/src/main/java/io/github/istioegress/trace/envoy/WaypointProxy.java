package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Resolution;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.RouteRules;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Istio makes of one of the services that a waypoint serves, in the waypoint's pods. */
public final class WaypointProxy {

  /** The listener behind the end of the tunnel. */
  private static final String LISTENER = "main_internal";

  private final String name;
  private final Scope scope;
  private final RegistryService service;
  private final Map<String, RegistryService> served;
  private final List<RouteRule> rules;
  private final WaypointClusters clusters;

  /**
   * Prepares a waypoint.
   *
   * @param name its name
   * @param scope what its pods know
   * @param service the service that is called
   * @param served all services that it serves, by host
   * @param rules all routes
   */
  public WaypointProxy(
      String name,
      Scope scope,
      RegistryService service,
      Map<String, RegistryService> served,
      RouteRules rules) {
    this.name = name;
    this.scope = scope;
    this.service = service;
    this.served = Map.copyOf(served);
    this.clusters =
        new WaypointClusters(scope, this.served, rules.destinationsFrom(this.served.keySet()));
    // Only routes of the waypoint's own namespace and of the service's hold here.
    this.rules =
        rules.boundTo(RouteRule.MESH, scope.namespace()).stream()
            .filter(
                rule ->
                    rule.namespace().equals(scope.namespace())
                        || rule.namespace().equals(service.namespace()))
            .filter(
                rule ->
                    rule.hosts().stream()
                        .anyMatch(host -> HostMatch.overlap(host, service.hostname())))
            .toList();
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What its pods know. */
  public Scope scope() {
    return scope;
  }

  /** The service that is called. */
  public RegistryService service() {
    return service;
  }

  /** True where it looks for a TLS hello on a port, because a service that it serves speaks TLS. */
  public boolean readsHello(int port) {
    return served.values().stream()
        .anyMatch(s -> s.port(port).filter(p -> p.protocol().isTls()).isPresent());
  }

  /** What takes a connection to a port of the service. */
  public Listener listener(int port) {
    Optional<ServicePort> own = service.port(port);
    if (own.isEmpty() || !isServed(own.get().protocol())) {
      return new Listener(LISTENER, List.of(), Optional.empty());
    }
    Protocol protocol = own.get().protocol();
    List<Decision> decisions =
        List.of(Decision.of(service.source(), ByteChains.portPath(service, port)));
    FilterChain http =
        FilterChain.http(
            WaypointClusters.own(service, port, true), protocol.isSniffed(), decisions);
    FilterChain bytes = bytes(port, decisions);
    return new Listener(
        LISTENER,
        protocol.isSniffed() ? List.of(http) : List.of(),
        Optional.of(protocol.isHttp() ? http : bytes));
  }

  /** TLS to a wildcard whose names are looked up is behind a flag of istiod. */
  private boolean isServed(Protocol protocol) {
    boolean byFlag = protocol.isTls() && service.resolution() == Resolution.DYNAMIC_DNS;
    return protocol != Protocol.UDP && !byFlag;
  }

  private FilterChain bytes(int port, List<Decision> decisions) {
    for (RouteRule rule : rules) {
      for (int r = 0; r < rule.spec().getTls().size(); r++) {
        TLSRoute route = rule.spec().getTls().get(r);
        if (route.getMatch().isEmpty()
            || route.getMatch().stream().anyMatch(m -> fits(rule, m, port))) {
          return routed(rule, route.getRoute(), "spec.tls[" + r + "]", port);
        }
      }
    }
    for (RouteRule rule : rules) {
      for (int r = 0; r < rule.spec().getTcp().size(); r++) {
        TCPRoute route = rule.spec().getTcp().get(r);
        if (route.getMatch().isEmpty()
            || route.getMatch().stream().anyMatch(m -> fits(rule, m, port))) {
          return routed(rule, route.getRoute(), "spec.tcp[" + r + "]", port);
        }
      }
    }
    return FilterChain.bytes(
        List.of(),
        List.of(),
        List.of(new WeightedCluster(WaypointClusters.own(service, port, false), 100)),
        decisions);
  }

  /** No SNI is told apart here, so a match counts only where it is for the service's host alone. */
  private boolean fits(RouteRule rule, TLSMatchAttributes match, int port) {
    return match.getSniHosts().equals(List.of(service.hostname()))
        && (match.getSourceLabels() == null || match.getSourceLabels().isEmpty())
        && rule.binds(match.getGateways(), RouteRule.MESH)
        && (match.getPort() == null || Metadata.number(match.getPort()) == port);
  }

  private static boolean fits(RouteRule rule, L4MatchAttributes match, int port) {
    return (match.getSourceLabels() == null || match.getSourceLabels().isEmpty())
        && rule.binds(match.getGateways(), RouteRule.MESH)
        && (match.getPort() == null || Metadata.number(match.getPort()) == port);
  }

  private FilterChain routed(RouteRule rule, List<RouteDestination> routes, String path, int port) {
    List<WeightedCluster> sent = new ArrayList<>();
    for (RouteDestination route : routes) {
      int weight = routes.size() == 1 ? 100 : Metadata.number(route.getWeight());
      if (weight > 0) {
        String host = rule.resolved(route.getDestination().getHost());
        sent.add(new WeightedCluster(clusters.named(route.getDestination(), host, port), weight));
      }
    }
    return FilterChain.bytes(
        List.of(), List.of(), List.copyOf(sent), List.of(Decision.of(rule.resource(), path)));
  }

  /**
   * The one virtual host of a port: routes by HTTP, or the one to the service itself. That of a
   * wildcard whose names are looked up takes no Host header with a port.
   */
  public VirtualHosts virtualHosts(int port, String requestHost) {
    boolean dynamic = service.resolution() == Resolution.DYNAMIC_DNS;
    if (dynamic && requestHost.contains(":")) {
      return new VirtualHosts(List.of());
    }
    List<RouteEntry> routes = new ArrayList<>();
    for (RouteRule rule : rules) {
      routes.addAll(new HttpRoutes(scope, port, clusters).translate(rule));
    }
    if (routes.isEmpty()) {
      routes.add(
          RouteEntry.to(
              "default",
              List.of(new WeightedCluster(WaypointClusters.own(service, port, true), 100)),
              List.of()));
    }
    return new VirtualHosts(
        List.of(
            new VirtualHost(
                "inbound|http|" + port, List.of(dynamic ? service.hostname() : "*"), routes)));
  }

  /** The same where its pods know something else. */
  public Optional<Cluster> cluster(ClusterName of, String requestHost, Scope known) {
    return clusters.knowing(known).find(of, requestHost);
  }

  /** A cluster by its name; empty where it does not have it. */
  public Optional<Cluster> cluster(ClusterName of, String requestHost) {
    return clusters.find(of, requestHost);
  }
}
