package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * EGR310: two VirtualServices of the mesh claim one outside host for the same sidecars, and of one
 * no route is ever asked. A namespace's own, for itself, before one for all is no such thing.
 */
final class VirtualServiceContestedHostAnalyzer implements Analyzer {

  private record Claim(String host, String seer) {}

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    MeshLegs legs = context.shared(MeshLegs.class, MeshLegs::new);
    Map<Claim, RouteRule> first = new HashMap<>();
    Map<String, Caller> callers = callers(context);
    for (RouteRule rule : context.model().routeRules()) {
      if (!rule.gateways().contains(RouteRule.MESH) || rule.ofGatewayApi()) {
        continue;
      }
      for (String host : rule.hosts()) {
        if (host.endsWith(".local")) {
          continue;
        }
        for (String seer : context.meshRules().seers(rule)) {
          RouteRule there = first.putIfAbsent(new Claim(host, seer), rule);
          if ((seer.equals("*") || callers.containsKey(seer))
              && there != null
              && !there.resource().key().equals(rule.resource().key())) {
            String namespace = seer.equals("*") ? rule.namespace() : seer;
            Caller caller = callers.getOrDefault(namespace, Caller.in(namespace));
            Optional<Finding> finding =
                finding(context, legs, host, rule, there, caller)
                    .or(() -> finding(context, legs, host, there, rule, caller));
            finding.ifPresent(out);
          }
        }
      }
    }
  }

  /** The namespace of a gateway sees routes for the gateway's sake, and calls nobody. */
  private static Map<String, Caller> callers(AnalysisContext context) {
    Map<String, Caller> callers = new HashMap<>();
    context.callers().forEach(row -> callers.putIfAbsent(row.pod().namespace(), row.pod()));
    return callers;
  }

  private static Optional<Finding> finding(
      AnalysisContext context,
      MeshLegs legs,
      String host,
      RouteRule loser,
      RouteRule winner,
      Caller caller) {
    Optional<Trace> lost =
        Stream.of("spec.http", "spec.tls", "spec.tcp")
            .flatMap(
                kind -> legs.of(loser).stream().filter(leg -> leg.path().startsWith(kind)).limit(1))
            .flatMap(leg -> call(context, leg, host, caller).stream())
            .filter(trace -> isBy(trace, winner) && !isBy(trace, loser))
            .findFirst();
    return lost.map(
        trace ->
            Manifest.finding(
                    loser.resource(),
                    RoutingCode.HOST_CLAIMED_TWICE,
                    "spec.hosts[" + loser.hosts().indexOf(host) + "]",
                    loser.resource().key(),
                    host,
                    caller.namespace(),
                    winner.resource().key())
                .related(List.of(Manifest.subject(winner.resource().key())))
                .tracedAs(AnalysisContext.shortly(trace)));
  }

  private static Optional<Trace> call(
      AnalysisContext context, Leg leg, String host, Caller caller) {
    return AnalysisContext.callFor(leg, caller)
        .filter(call -> host.startsWith("*") || call.host().equals(host))
        .map(context::trace);
  }

  private static boolean isBy(Trace trace, RouteRule rule) {
    return trace.branches().stream()
        .flatMap(branch -> branch.hops().stream().limit(1))
        .map(Hop::decisions)
        .flatMap(List::stream)
        .anyMatch(one -> one.resource().equals(rule.resource().key()));
  }
}
