package io.github.istioegress.analysis.context;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchPrefix;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.github.istioegress.trace.registry.HttpRoute;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes VirtualServices apart into their routes. */
final class Legs {

  private Legs() {}

  /** The routes of those that somebody wrote, in order. */
  static List<Leg> of(List<RouteRule> rules) {
    List<Leg> legs = new ArrayList<>();
    for (RouteRule rule : rules) {
      if (!rule.ofGatewayApi()) {
        Set<String> taken = new HashSet<>();
        for (HttpRoute route : rule.http()) {
          legs.add(http(rule, route, taken));
          taken.addAll(takenBy(rule, route.route()));
        }
        for (int i = 0; i < rule.spec().getTls().size(); i++) {
          legs.add(tls(rule, "spec.tls[" + i + "]", rule.spec().getTls().get(i)));
        }
        for (int i = 0; i < rule.spec().getTcp().size(); i++) {
          legs.add(tcp(rule, "spec.tcp[" + i + "]", rule.spec().getTcp().get(i)));
        }
      }
    }
    return List.copyOf(legs);
  }

  private static Leg http(RouteRule rule, HttpRoute said, Set<String> taken) {
    HTTPRoute route = said.route();
    // What a delegate says comes last, and it says the destinations.
    HttpRoute.Field field = said.said().get(said.said().size() - 1);
    String path = field.path();
    List<Leg.Target> targets = new ArrayList<>();
    for (int i = 0; i < route.getRoute().size(); i++) {
      add(targets, rule, route.getRoute().get(i).getDestination(), at(path, "route", i), false);
    }
    add(targets, rule, route.getMirror(), path + ".mirror", true);
    for (int i = 0; i < route.getMirrors().size(); i++) {
      add(targets, rule, route.getMirrors().get(i).getDestination(), at(path, "mirrors", i), true);
    }
    List<List<String>> matches =
        route.getMatch().stream().map(match -> match.getGateways()).toList();
    List<String> gateways = gateways(rule, matches);
    return new Leg(
        rule,
        field.resource(),
        path,
        gateways,
        gateways.stream().filter(gateway -> !taken.contains(gateway)).toList(),
        targets,
        Optional.of(route),
        Optional.empty(),
        Optional.empty());
  }

  private static Leg tls(RouteRule rule, String path, TLSRoute route) {
    return bytes(
        rule,
        path,
        route.getRoute(),
        route.getMatch().stream().map(match -> match.getGateways()).toList(),
        Optional.of(route),
        Optional.empty());
  }

  private static Leg tcp(RouteRule rule, String path, TCPRoute route) {
    return bytes(
        rule,
        path,
        route.getRoute(),
        route.getMatch().stream().map(match -> match.getGateways()).toList(),
        Optional.empty(),
        Optional.of(route));
  }

  private static Leg bytes(
      RouteRule rule,
      String path,
      List<RouteDestination> destinations,
      List<List<String>> matches,
      Optional<TLSRoute> tls,
      Optional<TCPRoute> tcp) {
    List<Leg.Target> targets = new ArrayList<>();
    for (int i = 0; i < destinations.size(); i++) {
      add(targets, rule, destinations.get(i).getDestination(), at(path, "route", i), false);
    }
    List<String> gateways = gateways(rule, matches);
    return new Leg(
        rule, rule.resource(), path, gateways, gateways, targets, Optional.empty(), tls, tcp);
  }

  /** The gateways at which a route takes every call, so that none comes to those behind it. */
  private static List<String> takenBy(RouteRule rule, HTTPRoute route) {
    return rule.gateways().stream()
        .filter(
            gateway ->
                route.getMatch().isEmpty()
                    || route.getMatch().stream()
                        .anyMatch(
                            match -> isOpen(match) && rule.binds(match.getGateways(), gateway)))
        .toList();
  }

  /** A port is no limit: an entry of one port has no other calls. */
  private static boolean isOpen(HTTPMatchRequest match) {
    boolean anyPath =
        match.getUri() == null
            || (match.getUri().getMatchType() instanceof StringMatchPrefix prefix
                && "/".equals(prefix.getPrefix()));
    return anyPath
        && isEmpty(match.getHeaders())
        && isEmpty(match.getWithoutHeaders())
        && isEmpty(match.getQueryParams())
        && isEmpty(match.getSourceLabels())
        && match.getSourceNamespace() == null
        && match.getMethod() == null
        && match.getScheme() == null
        && match.getAuthority() == null;
  }

  private static boolean isEmpty(@Nullable Map<String, ?> conditions) {
    return conditions == null || conditions.isEmpty();
  }

  private static String at(String path, String field, int index) {
    return path + "." + field + "[" + index + "].destination";
  }

  private static List<String> gateways(RouteRule rule, List<List<String>> matches) {
    return rule.gateways().stream()
        .distinct()
        .filter(
            gateway ->
                matches.isEmpty() || matches.stream().anyMatch(named -> rule.binds(named, gateway)))
        .toList();
  }

  private static void add(
      List<Leg.Target> targets,
      RouteRule rule,
      @Nullable Destination destination,
      String path,
      boolean mirror) {
    if (destination != null) {
      String host = rule.resolved(Objects.requireNonNullElse(destination.getHost(), ""));
      targets.add(new Leg.Target(destination, host, path, mirror));
    }
  }
}
