package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.trace.Branch;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR301: a route holds at a gateway and sends to the gateway's own Service, most often because the
 * match for the mesh names no gateways.
 */
final class VirtualServiceLoopAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Leg leg : context.legs()) {
      if (leg.isOfGateway()) {
        context.traffic().by(leg).stream()
            .flatMap(call -> finding(leg, call).stream())
            .findFirst()
            .ifPresent(out);
      }
    }
  }

  private static Optional<Finding> finding(Leg leg, Followed call) {
    Optional<Hop> looping =
        call.trace().branches().stream()
            .filter(branch -> branch.outcome() == Outcome.LOOP)
            .map(VirtualServiceLoopAnalyzer::last)
            .filter(hop -> Followed.isBy(hop, leg))
            .findFirst();
    return looping.flatMap(
        hop ->
            leg.targets().stream()
                .filter(target -> target.host().equals(hop.host()))
                .findFirst()
                .map(
                    target ->
                        leg.finding(
                                RoutingCode.GATEWAY_SENDS_TO_ITSELF,
                                target.path() + ".host",
                                leg.resource().key(),
                                target.host(),
                                call.trace().call().url(),
                                remedy(leg))
                            .tracedAs(call.line())));
  }

  private static Hop last(Branch branch) {
    return branch.hops().get(branch.hops().size() - 1);
  }

  private static String remedy(Leg leg) {
    return leg.isOfMesh()
        ? "Write gateways: [mesh] in each match of %s, and a route of its own for the gateway"
            .formatted(leg.path())
        : "Send to the outside host at the gateway, and to the gateway in a route for mesh";
  }
}
