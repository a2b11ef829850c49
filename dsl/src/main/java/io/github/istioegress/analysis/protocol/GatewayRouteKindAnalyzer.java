package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR201: a route at a gateway is of a kind that none of its servers takes: requests where TLS is
 * passed on, TLS where bytes arrive. The server is left without a route.
 */
final class GatewayRouteKindAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, GatewayServers> gateways = new HashMap<>();
    context
        .gateways()
        .forEach(
            gateway ->
                gateways.put(
                    gateway.namespace() + "/" + gateway.name(), GatewayServers.of(gateway)));
    List<Bound> misfits = new ArrayList<>();
    Set<OpenServer> served = new HashSet<>();
    for (Leg leg : context.legs()) {
      for (String name : leg.gateways()) {
        GatewayServers servers = gateways.get(name);
        if (servers == null || name.equals(RouteRule.MESH)) {
          continue;
        }
        List<OpenServer> meant = servers.meantBy(leg, name);
        List<OpenServer> fit = meant.stream().filter(one -> one.kind() == kind(leg)).toList();
        served.addAll(fit);
        // A route of both holds in sidecars, whatever the gateway makes of it.
        if (!meant.isEmpty() && fit.isEmpty() && !leg.isOfMesh()) {
          misfits.add(new Bound(leg, name, meant));
        }
      }
    }
    Map<String, List<Journey>> byHost = misfits.isEmpty() ? Map.of() : byHost(context);
    for (Bound misfit : misfits) {
      misfit.servers().stream()
          .filter(server -> !served.contains(server))
          .findFirst()
          .flatMap(server -> finding(misfit, server, journeys(misfit.leg(), byHost)))
          .ifPresent(out);
    }
  }

  /** A route at a gateway, and the servers for which its hosts and port are. */
  private record Bound(Leg leg, String gateway, List<OpenServer> servers) {}

  private static OpenServer.Kind kind(Leg leg) {
    return leg.http().isPresent()
        ? OpenServer.Kind.HTTP
        : leg.tls().isPresent() ? OpenServer.Kind.TLS : OpenServer.Kind.TCP;
  }

  /** Calls that come to a gateway, by their host. */
  private static Map<String, List<Journey>> byHost(AnalysisContext context) {
    Map<String, List<Journey>> byHost = new HashMap<>();
    for (Journey journey : Journey.of(context)) {
      boolean comes = journey.hops().stream().anyMatch(Hop::gateway);
      boolean refused =
          journey.branch().outcome() == Outcome.BLOCKED
              && journey.branch().at().startsWith("gateway ");
      if (comes || refused) {
        byHost.computeIfAbsent(journey.call().host(), host -> new ArrayList<>()).add(journey);
      }
    }
    return byHost;
  }

  private static List<Journey> journeys(Leg leg, Map<String, List<Journey>> byHost) {
    return leg.rule().hosts().stream()
        .map(host -> HostMatch.isWildcard(host) ? "any" + host.substring(1) : host)
        .flatMap(host -> byHost.getOrDefault(host, List.of()).stream())
        .toList();
  }

  /** Where calls to the host come to the gateway, at this port, and all leave, nothing is wrong. */
  private static Optional<Finding> finding(
      Bound misfit, OpenServer server, List<Journey> journeys) {
    List<Journey> there =
        journeys.stream()
            .filter(one -> one.hops().isEmpty() || one.hops().get(0).port() == server.number())
            .toList();
    Optional<Journey> fails = there.stream().filter(one -> !one.leaves()).findFirst();
    if (!there.isEmpty() && fails.isEmpty()) {
      return Optional.empty();
    }
    Leg leg = misfit.leg();
    return Optional.of(
        leg.finding(
                ProtocolCode.ROUTE_KIND_DOES_NOT_FIT,
                leg.path(),
                leg.resource().key(),
                kind(leg).field(),
                server.number(),
                server.gateway().key(),
                server.words(),
                server.kind().field())
            .related(List.of(Manifest.subject(server.gateway().key())))
            .tracedAs(fails.map(Journey::line).orElse("")));
  }
}
