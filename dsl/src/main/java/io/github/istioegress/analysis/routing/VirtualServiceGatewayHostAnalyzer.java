package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR306 and EGR307: a VirtualService is bound to Gateways none of which has its host, or has it
 * for its namespace.
 */
final class VirtualServiceGatewayHostAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Gateways gateways = context.shared(Gateways.class, Gateways::new);
    Set<String> passing = context.traffic().hostsThroughGateway();
    for (RouteRule rule : context.model().routeRules()) {
      // Another binding may carry the host.
      if (!rule.ofGatewayApi() && rule.hosts().stream().noneMatch(passing::contains)) {
        hosts(gateways, rule, out);
      }
    }
  }

  private static void hosts(Gateways gateways, RouteRule rule, Consumer<Finding> out) {
    List<Manifest<Gateway>> bound = gateways.named(rule.gateways());
    long named = rule.gateways().stream().filter(one -> !one.equals(RouteRule.MESH)).count();
    // Of a Gateway that is not shown nobody knows the hosts.
    for (int i = 0; !bound.isEmpty() && bound.size() == named && i < rule.hosts().size(); i++) {
      String host = rule.hosts().get(i);
      if (bound.stream().noneMatch(one -> Gateways.has(one, host, rule.namespace(), 0))) {
        out.accept(finding(bound.get(0), rule, "spec.hosts[" + i + "]", host));
      }
    }
  }

  private static Finding finding(
      Manifest<Gateway> gateway, RouteRule rule, String path, String host) {
    Optional<String> ofOther =
        gateway.spec().getServers().stream()
            .map(Server::getHosts)
            .flatMap(List::stream)
            .filter(said -> HostMatch.overlap(Gateways.name(said), host))
            .map(said -> Gateways.namespace(said, gateway.namespace()))
            .findFirst();
    Finding finding =
        ofOther.isPresent()
            ? Manifest.finding(
                rule.resource(),
                RoutingCode.HOST_OF_OTHER_NAMESPACE,
                path,
                rule.resource().key(),
                gateway.key(),
                host,
                ofOther.get(),
                rule.namespace())
            : Manifest.finding(
                rule.resource(),
                RoutingCode.HOST_NOT_AT_GATEWAY,
                path,
                rule.resource().key(),
                gateway.key(),
                host,
                "which none of its servers has",
                "Add %s to the hosts of a server".formatted(host));
    return finding.related(List.of(Manifest.subject(gateway.key())));
  }
}
