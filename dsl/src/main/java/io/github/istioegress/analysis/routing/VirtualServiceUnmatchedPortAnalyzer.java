package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR305: a route of the mesh claims a host, and none of its matches is for a declared port of it:
 * HTTP ends with 404, and what is told by its SNI goes past the gateway.
 */
final class VirtualServiceUnmatchedPortAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    MeshLegs meshLegs = context.shared(MeshLegs.class, MeshLegs::new);
    for (List<Followed> calls : context.traffic().byCallerAndHost()) {
      boolean routed = calls.stream().anyMatch(Followed::reachesGateway);
      for (Followed call : calls) {
        if (call.destination().origin() != Origin.DECLARED) {
          continue;
        }
        Optional<RouteRule> rule =
            context.meshRules().of(call.destination().host(), call.caller().namespace());
        if (rule.isEmpty() || rule.get().ofGatewayApi()) {
          continue;
        }
        List<Leg> legs = meshLegs.of(rule.get());
        boolean matched = legs.stream().anyMatch(leg -> MeshLegs.matchesPort(leg, call));
        // What leaves directly beside a port that does not, EGR401 tells.
        boolean goesPast = !routed && call.leavesDirectly() && meshLegs.leadToGateway(legs);
        if (!matched && !legs.isEmpty() && (goesPast || hasNoRoute(call))) {
          out.accept(finding(legs, call, goesPast));
        }
      }
    }
  }

  /** True where the sidecar has a virtual host for the call, and in it no route. */
  private static boolean hasNoRoute(Followed call) {
    List<Hop> hops = call.hops().toList();
    return call.trace().outcome() == Outcome.BLOCKED
        && hops.size() == 1
        && !hops.get(0).gateway()
        && hops.get(0).filter().equals("http")
        && hops.get(0).route().isEmpty()
        && hops.get(0).cluster().isEmpty();
  }

  private static Finding finding(List<Leg> legs, Followed call, boolean goesPast) {
    Leg first = legs.get(0);
    String kind =
        switch (call.trace().call().scheme()) {
          case HTTP -> "http";
          case HTTPS, TLS -> "tls";
          case TCP -> "tcp";
        };
    Leg shown =
        legs.stream()
            .filter(leg -> leg.path().startsWith("spec." + kind))
            .findFirst()
            .orElse(first);
    return shown
        .finding(
            RoutingCode.PORT_NOT_MATCHED,
            shown.path() + ".match[0].port",
            shown.resource().key(),
            call.destination().host(),
            call.trace().call().port(),
            kind,
            goesPast ? "leave straight from the sidecar" : "end with 404")
        .tracedAs(call.line());
  }
}
