package io.github.istioegress.trace.envoy;

import java.util.List;
import java.util.Optional;

/**
 * A virtual host: the routes for requests with one of its domains as Host.
 *
 * @param name its name, {@code edition.cnn.com:80}
 * @param domains its domains
 * @param routes its routes, the first that matches holds
 */
public record VirtualHost(String name, List<String> domains, List<RouteEntry> routes) {

  /** The route that a request takes; empty where none matches, which answers 404. */
  public Optional<RouteEntry> route(Request request) {
    return routes.stream().filter(route -> request.matches(route.match())).findFirst();
  }
}
