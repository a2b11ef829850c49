package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * EGR302: an egress gateway has a route for a host, and no route of the mesh leads there. Where
 * some port of the host does go through the gateway, EGR401 tells of the others.
 */
final class VirtualServiceMissingMeshRouteAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, Leg> onward = onward(context);
    MeshLegs meshLegs = context.shared(MeshLegs.class, MeshLegs::new);
    for (List<Followed> calls : context.traffic().byCallerAndHost()) {
      Followed first = calls.get(0);
      String host = first.destination().host();
      Leg leg = onward.get(host);
      if (leg == null
          || first.destination().origin() != Origin.DECLARED
          || calls.stream().anyMatch(Followed::reachesGateway)
          || isClaimed(context, meshLegs, host, first)) {
        continue;
      }
      // Others may have the host directly, unless somebody wants it otherwise.
      boolean ofOthers = context.meshRules().has(host);
      if (ofOthers && !context.isIsolated()) {
        continue;
      }
      List<Followed> direct = calls.stream().filter(Followed::leavesDirectly).toList();
      if (!direct.isEmpty()) {
        out.accept(
            leg.finding(
                    RoutingCode.NO_WAY_TO_GATEWAY,
                    ofOthers ? "spec.exportTo" : "spec.gateways",
                    leg.rule().resource().key(),
                    gateway(leg),
                    host,
                    "namespace " + first.caller().namespace(),
                    direct.stream()
                        .map(call -> String.valueOf(call.trace().call().port()))
                        .distinct()
                        .collect(Collectors.joining(", ")))
                .tracedAs(direct.get(0).line()));
      }
    }
  }

  /** The routes of egress gateways by the outside host to which they send what came for it. */
  private static Map<String, Leg> onward(AnalysisContext context) {
    Gateways gateways = context.shared(Gateways.class, Gateways::new);
    Map<String, Leg> onward = new HashMap<>();
    for (Leg leg : context.legs()) {
      boolean egress =
          leg.gateways().stream()
              .flatMap(name -> gateways.named(name).stream())
              .anyMatch(gateways::isEgress);
      if (egress) {
        leg.targets().stream()
            .filter(target -> leg.rule().hosts().contains(target.host()))
            .forEach(target -> onward.putIfAbsent(target.host(), leg));
      }
    }
    return onward;
  }

  /** Where the mesh has a route to a gateway that misses this port, EGR305 tells so. */
  private static boolean isClaimed(
      AnalysisContext context, MeshLegs legs, String host, Followed call) {
    Optional<RouteRule> rule = context.meshRules().of(host, call.caller().namespace());
    return rule.filter(legs::leadToGateway).isPresent();
  }

  private static String gateway(Leg leg) {
    return leg.gateways().stream()
        .filter(name -> !name.equals(RouteRule.MESH))
        .map("Gateway "::concat)
        .findFirst()
        .orElse("");
  }
}
