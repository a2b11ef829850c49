package io.github.istioegress.importer;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.fabric8.istio.api.networking.v1.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a VirtualService at one of its matches.
 *
 * @param from the VirtualService
 * @param gateways where it holds; {@code mesh} for sidecars
 * @param port the port it holds for; empty for all
 * @param http the rule, where it is one of HTTP
 * @param destinations where it sends to
 */
record FoundLeg(
    VirtualService from,
    List<String> gateways,
    Optional<Integer> port,
    Optional<HTTPRoute> http,
    List<Destination> destinations) {

  private static final List<String> MESH = List.of("mesh");

  /** True where sidecars take it. */
  boolean isMesh() {
    return gateways.contains("mesh");
  }

  /** True where it holds for a port. */
  boolean isFor(int number) {
    return port.isEmpty() || port.get() == number;
  }

  /** The rules of a VirtualService. */
  static List<FoundLeg> of(VirtualService from) {
    List<FoundLeg> legs = new ArrayList<>();
    if (from.getSpec() == null) {
      return legs;
    }
    for (HTTPRoute route : from.getSpec().getHttp()) {
      List<Destination> to =
          route.getRoute().stream().map(HTTPRouteDestination::getDestination).toList();
      if (route.getMatch().isEmpty()) {
        legs.add(leg(from, List.of(), null, Optional.of(route), to));
      }
      for (HTTPMatchRequest match : route.getMatch()) {
        legs.add(leg(from, match.getGateways(), match.getPort(), Optional.of(route), to));
      }
    }
    for (TLSRoute route : from.getSpec().getTls()) {
      for (TLSMatchAttributes match : route.getMatch()) {
        legs.add(
            leg(
                from,
                match.getGateways(),
                match.getPort(),
                Optional.empty(),
                to(route.getRoute())));
      }
    }
    for (TCPRoute route : from.getSpec().getTcp()) {
      if (route.getMatch().isEmpty()) {
        legs.add(leg(from, List.of(), null, Optional.empty(), to(route.getRoute())));
      }
      for (L4MatchAttributes match : route.getMatch()) {
        legs.add(
            leg(
                from,
                match.getGateways(),
                match.getPort(),
                Optional.empty(),
                to(route.getRoute())));
      }
    }
    return legs;
  }

  private static List<Destination> to(List<RouteDestination> routes) {
    return routes.stream().map(RouteDestination::getDestination).toList();
  }

  private static FoundLeg leg(
      VirtualService from,
      @Nullable List<String> said,
      @Nullable Long port,
      Optional<HTTPRoute> http,
      List<Destination> to) {
    List<String> all = from.getSpec().getGateways();
    List<String> held = said == null || said.isEmpty() ? all : said;
    return new FoundLeg(
        from,
        held == null || held.isEmpty() ? MESH : List.copyOf(held),
        Optional.ofNullable(port).map(Math::toIntExact),
        http,
        to.stream().filter(java.util.Objects::nonNull).toList());
  }
}
