package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchPrefix;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchRegex;
import io.github.istioegress.trace.registry.HttpRoute;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The http routes of a VirtualService, as far as they are for one proxy, port and gateway. */
final class HttpRoutes {

  private static final int FOUND = 301;

  private final Scope scope;
  private final String gateway;
  private final int port;
  private final Function<String, Optional<RegistryService>> services;
  private final Optional<WaypointClusters> waypoint;

  /**
   * Prepares the translation.
   *
   * @param scope the proxy
   * @param gateway the gateway the routes must be bound to, or {@code mesh}
   * @param port the port listened on, or the server's number at a gateway
   * @param services the services that tell the port of destinations that name none
   */
  HttpRoutes(
      Scope scope, String gateway, int port, Function<String, Optional<RegistryService>> services) {
    this.scope = scope;
    this.gateway = gateway;
    this.port = port;
    this.services = services;
    this.waypoint = Optional.empty();
  }

  /** The same for a waypoint, which names clusters its own way and knows no labels of callers. */
  HttpRoutes(Scope scope, int port, WaypointClusters waypoint) {
    this.scope = scope;
    this.gateway = RouteRule.MESH;
    this.port = port;
    this.services = scope::service;
    this.waypoint = Optional.of(waypoint);
  }

  List<RouteEntry> translate(RouteRule rule) {
    List<RouteEntry> routes = new ArrayList<>();
    for (HttpRoute route : rule.http()) {
      if (route.route().getMatch().isEmpty()) {
        // Nothing behind a route for everything is ever reached, and Istio leaves it out.
        routes.add(entry(rule, route, Optional.empty()));
        return routes;
      }
      for (HTTPMatchRequest match : route.route().getMatch()) {
        if (isFor(rule, match)) {
          RouteEntry entry = entry(rule, route, Optional.of(match));
          routes.add(entry);
          if (isCatchAll(entry)) {
            return routes;
          }
        }
      }
    }
    return routes;
  }

  private boolean isFor(RouteRule rule, HTTPMatchRequest match) {
    int wanted = Metadata.number(match.getPort());
    if (wanted != 0 && wanted != port) {
      return false;
    }
    Map<String, String> labels = match.getSourceLabels();
    if (waypoint.isPresent() && !isEmpty(labels)) {
      return false;
    }
    if (!match.getGateways().isEmpty()) {
      // Istio looks at the source only where a match names no gateways.
      return rule.binds(match.getGateways(), gateway);
    }
    String source = match.getSourceNamespace();
    return (labels == null || scope.labels().entrySet().containsAll(labels.entrySet()))
        && (source == null || source.isEmpty() || source.equals(scope.namespace()));
  }

  private RouteEntry entry(RouteRule rule, HttpRoute from, Optional<HTTPMatchRequest> match) {
    HTTPRoute route = from.route();
    String matchName = match.map(HTTPMatchRequest::getName).orElse("");
    String routeName = Objects.requireNonNullElse(route.getName(), "");
    return new RouteEntry(
        matchName.isEmpty() ? routeName : routeName + "." + matchName,
        match,
        clusters(rule, route),
        status(route),
        HostRewrites.of(route),
        Objects.requireNonNullElse(route.getTimeout(), ""),
        Optional.ofNullable(route.getRetries()),
        status(route) == 0 ? Mirrors.of(from, to -> cluster(rule, to)) : List.of(),
        from.decisions());
  }

  private static int status(HTTPRoute route) {
    if (route.getRedirect() != null) {
      int code = Metadata.number(route.getRedirect().getRedirectCode());
      return code == 0 ? FOUND : code;
    }
    return route.getDirectResponse() == null
        ? 0
        : Metadata.number(route.getDirectResponse().getStatus());
  }

  private List<WeightedCluster> clusters(RouteRule rule, HTTPRoute route) {
    if (status(route) != 0) {
      return List.of();
    }
    List<WeightedCluster> clusters = new ArrayList<>();
    List<HTTPRouteDestination> destinations = route.getRoute();
    for (HTTPRouteDestination to : destinations) {
      int weight = Metadata.number(to.getWeight());
      if (destinations.size() > 1 && weight == 0) {
        continue;
      }
      clusters.add(
          new WeightedCluster(
              cluster(rule, to.getDestination()),
              destinations.size() == 1 ? 100 : weight,
              HostRewrites.of(to)));
    }
    return clusters;
  }

  private String cluster(RouteRule rule, Destination to) {
    String host = rule.resolved(to.getHost());
    return waypoint
        .map(w -> w.named(to, host, port))
        .orElseGet(() -> Destinations.cluster(to, host, services.apply(host), port));
  }

  /** True where no request can pass the route by. */
  static boolean isCatchAll(RouteEntry entry) {
    if (entry.match().isEmpty()) {
      return true;
    }
    HTTPMatchRequest match = entry.match().get();
    boolean anyPath =
        match.getUri() == null
            || (match.getUri().getMatchType() instanceof StringMatchPrefix prefix
                && prefix.getPrefix().equals("/"))
            || (match.getUri().getMatchType() instanceof StringMatchRegex regex
                && regex.getRegex().equals(".*"));
    return anyPath
        && match.getMethod() == null
        && match.getAuthority() == null
        && match.getScheme() == null
        && isEmpty(match.getHeaders())
        && isEmpty(match.getWithoutHeaders())
        && isEmpty(match.getQueryParams());
  }

  private static boolean isEmpty(@org.jspecify.annotations.Nullable Map<?, ?> map) {
    return map == null || map.isEmpty();
  }
}
