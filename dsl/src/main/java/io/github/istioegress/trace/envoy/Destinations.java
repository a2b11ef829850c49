package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The clusters that the destinations of a route stand for. */
final class Destinations {

  private Destinations() {}

  /**
   * The cluster of a destination.
   *
   * @param destination the destination
   * @param host its host, fully qualified
   * @param service the service of the destination's host, where the proxy knows one
   * @param listenPort the port of the listener or server, for destinations that name none
   */
  static String cluster(
      Destination destination, String host, Optional<RegistryService> service, int listenPort) {
    if (host.isEmpty()) {
      return ClusterName.UNKNOWN;
    }
    String subset = Objects.requireNonNullElse(destination.getSubset(), "");
    return new ClusterName(port(destination, service, listenPort), subset, host).toString();
  }

  /** The port said, else the service's only one, else that of the listener. */
  static int port(Destination destination, Optional<RegistryService> service, int listenPort) {
    if (destination.getPort() != null) {
      return Metadata.number(destination.getPort().getNumber());
    }
    return service
        .filter(one -> one.ports().size() == 1)
        .map(one -> one.ports().get(0).number())
        .orElse(listenPort);
  }

  /** The clusters of a route for bytes, as far as they have a weight. */
  static List<WeightedCluster> clusters(
      List<RouteDestination> routes, RouteRule rule, Scope scope, int listenPort) {
    List<WeightedCluster> clusters = new ArrayList<>();
    for (RouteDestination route : routes) {
      int weight = Metadata.number(route.getWeight());
      if (routes.size() > 1 && weight == 0) {
        continue;
      }
      // A route that leads nowhere has no cluster.
      Destination to = Objects.requireNonNullElseGet(route.getDestination(), Destination::new);
      String host = rule.resolved(to.getHost());
      clusters.add(
          new WeightedCluster(
              cluster(to, host, scope.service(host), listenPort),
              routes.size() == 1 ? 100 : weight));
    }
    return clusters;
  }
}
