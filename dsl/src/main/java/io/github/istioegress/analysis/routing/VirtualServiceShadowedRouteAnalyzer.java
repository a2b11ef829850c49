package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR304 and EGR314: each match of a route is one of an earlier route, too. In sidecars a
 * VirtualService holds by itself; at a gateway those of one host are asked one after the other.
 */
final class VirtualServiceShadowedRouteAnalyzer implements Analyzer {

  private record Seen(Object where, String kind, String gateway, int port, String rest) {}

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<Seen, Leg> first = new HashMap<>();
    for (Leg leg : context.legs()) {
      List<Matches.One> matches = Matches.of(leg);
      Set<Leg> hiding = new LinkedHashSet<>();
      boolean hidden = !matches.isEmpty();
      for (Matches.One match : matches) {
        for (Object where : where(leg, match.gateway())) {
          Optional<Leg> earlier = earlier(first, where, leg, match);
          earlier.ifPresent(hiding::add);
          hidden &= earlier.isPresent();
        }
      }
      for (Matches.One match : matches) {
        where(leg, match.gateway()).forEach(at -> first.putIfAbsent(seen(at, leg, match), leg));
      }
      if (hidden
          && context.traffic().by(leg).isEmpty()
          && hiding.stream().noneMatch(one -> loops(context, one))) {
        finding(leg, hiding.iterator().next()).ifPresent(out);
      }
    }
  }

  /** Of a route that a gateway sends to itself EGR301 tells. */
  private static boolean loops(AnalysisContext context, Leg leg) {
    return context.traffic().by(leg).stream()
        .flatMap(call -> call.trace().branches().stream())
        .anyMatch(branch -> branch.outcome() == Outcome.LOOP);
  }

  /** Where routes are asked one after the other: in a VirtualService, or for a gateway's host. */
  private static List<?> where(Leg leg, String gateway) {
    return gateway.equals(RouteRule.MESH)
        ? List.of(leg.rule().resource().key())
        : leg.rule().hosts();
  }

  private static Seen seen(Object where, Leg leg, Matches.One match) {
    return new Seen(where, kind(leg), match.gateway(), match.port(), match.rest());
  }

  private static Optional<Leg> earlier(
      Map<Seen, Leg> first, Object where, Leg leg, Matches.One match) {
    String kind = kind(leg);
    for (int port : List.of(match.port(), 0)) {
      for (String rest : List.of(match.rest(), Matches.ANY)) {
        Leg there = first.get(new Seen(where, kind, match.gateway(), port, rest));
        if (there != null) {
          return Optional.of(there);
        }
      }
    }
    return Optional.empty();
  }

  private static String kind(Leg leg) {
    return leg.http().isPresent() ? "http" : leg.tls().isPresent() ? "tls" : "tcp";
  }

  private static Optional<Finding> finding(Leg leg, Leg earlier) {
    String to = hosts(leg);
    String instead = hosts(earlier);
    ResourceKey key = leg.resource().key();
    boolean isOne = earlier.rule().resource().key().equals(leg.rule().resource().key());
    String where =
        isOne ? earlier.path() : "%s of %s".formatted(earlier.path(), earlier.resource().key());
    if (!to.isEmpty() && !instead.isEmpty() && !to.equals(instead)) {
      return Optional.of(
          leg.finding(RoutingCode.TAKEN_ELSEWHERE, leg.path(), key, to, where, instead));
    }
    // Of two that send alike it does not matter which one is asked.
    return isOne
        ? Optional.of(leg.finding(RoutingCode.NEVER_REACHED, leg.path(), key, leg.path(), where))
        : Optional.empty();
  }

  private static String hosts(Leg leg) {
    return String.join(
        ", ",
        leg.targets().stream()
            .filter(target -> !target.mirror())
            .map(Leg.Target::host)
            .distinct()
            .sorted()
            .toList());
  }
}
