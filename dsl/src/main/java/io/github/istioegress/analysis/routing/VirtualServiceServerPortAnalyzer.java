package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR306: a route at a gateway matches a port on which no server of the Gateway has its host. What
 * counts is the number of the server, be it the port of the gateway's pods or not.
 */
final class VirtualServiceServerPortAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Gateways gateways = context.shared(Gateways.class, Gateways::new);
    Set<String> passing = context.traffic().hostsThroughGateway();
    for (Leg leg : context.legs()) {
      List<Manifest<Gateway>> bound = gateways.named(leg.gateways());
      boolean shown = !bound.isEmpty() && bound.size() == leg.gateways().size();
      Set<Integer> matched = Matches.ports(leg);
      if (shown
          && leg.rule().hosts().stream().noneMatch(passing::contains)
          && context.traffic().by(leg).isEmpty()
          && has(bound, leg, Set.of(0))
          && !has(bound, leg, matched)) {
        out.accept(finding(bound.get(0), leg, matched.iterator().next()));
      }
    }
  }

  private static boolean has(List<Manifest<Gateway>> bound, Leg leg, Set<Integer> ports) {
    String namespace = leg.rule().namespace();
    return leg.rule().hosts().stream()
        .anyMatch(
            host ->
                ports.stream()
                    .anyMatch(
                        port ->
                            bound.stream()
                                .anyMatch(one -> Gateways.has(one, host, namespace, port))));
  }

  private static Finding finding(Manifest<Gateway> gateway, Leg leg, int port) {
    return leg.finding(
        RoutingCode.HOST_NOT_AT_GATEWAY,
        leg.path() + ".match[0].port",
        leg.resource().key(),
        gateway.key(),
        String.join(", ", leg.rule().hosts()),
        "which has no server for it on port " + port,
        "Match the number of the server's port, or open a server with it");
  }
}
