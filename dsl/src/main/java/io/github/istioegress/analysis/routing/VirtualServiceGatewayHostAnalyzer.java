package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR306 and EGR307: a VirtualService is bound to Gateways none of which has its host, for its
 * namespace, on the port that it matches.
 */
final class VirtualServiceGatewayHostAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Gateways gateways = new Gateways(context);
    Set<ResourceKey> judged = new HashSet<>();
    Set<ResourceKey> told = new HashSet<>();
    Set<String> passing = context.traffic().hostsThroughGateway();
    for (Leg leg : context.legs()) {
      if (leg.rule().hosts().stream().anyMatch(passing::contains)) {
        // Another binding carries the host.
        continue;
      }
      if (judged.add(leg.rule().resource().key()) && hosts(gateways, leg, out)) {
        told.add(leg.rule().resource().key());
      }
      if (!told.contains(leg.rule().resource().key()) && context.traffic().by(leg).isEmpty()) {
        ports(gateways, leg, out);
      }
    }
  }

  private static List<Manifest<Gateway>> bound(Gateways gateways, List<String> names) {
    return names.stream().flatMap(name -> gateways.named(name).stream()).toList();
  }

  private static boolean hosts(Gateways gateways, Leg leg, Consumer<Finding> out) {
    RouteRule rule = leg.rule();
    List<Manifest<Gateway>> bound = bound(gateways, rule.gateways());
    long named = rule.gateways().stream().filter(one -> !one.equals(RouteRule.MESH)).count();
    boolean found = false;
    // Of a Gateway that is not shown nobody knows the hosts.
    for (int i = 0; !bound.isEmpty() && bound.size() == named && i < rule.hosts().size(); i++) {
      String host = rule.hosts().get(i);
      if (bound.stream().noneMatch(one -> has(one, host, rule.namespace(), 0))) {
        out.accept(finding(bound.get(0), leg, "spec.hosts[" + i + "]", host));
        found = true;
      }
    }
    return found;
  }

  /** A match is for the number of a server, be it the pods' port or not. */
  private static void ports(Gateways gateways, Leg leg, Consumer<Finding> out) {
    List<Manifest<Gateway>> bound = bound(gateways, leg.gateways());
    if (leg.isOfMesh() || bound.isEmpty() || bound.size() != leg.gateways().size()) {
      return;
    }
    Set<Integer> matched = Matches.ports(leg);
    boolean fits =
        matched.contains(0)
            || matched.isEmpty()
            || leg.rule().hosts().stream()
                .anyMatch(
                    host ->
                        matched.stream()
                            .anyMatch(
                                port ->
                                    bound.stream()
                                        .anyMatch(
                                            one -> has(one, host, leg.rule().namespace(), port))));
    if (!fits) {
      Manifest<Gateway> gateway = bound.get(0);
      out.accept(
          leg.finding(
              RoutingCode.HOST_NOT_AT_GATEWAY,
              leg.path() + ".match[0].port",
              leg.resource().key(),
              gateway.key(),
              String.join(", ", leg.rule().hosts()),
              "which has no server for it on port " + matched.iterator().next(),
              "Match the number of the server's port, or open a server with it"));
    }
  }

  private static boolean has(Manifest<Gateway> gateway, String host, String namespace, int port) {
    return gateway.spec().getServers().stream()
        .filter(server -> port == 0 || Gateways.number(server) == port)
        .anyMatch(server -> Gateways.has(server, host, gateway.namespace(), namespace));
  }

  private static Finding finding(Manifest<Gateway> gateway, Leg leg, String path, String host) {
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
                leg.rule().resource(),
                RoutingCode.HOST_OF_OTHER_NAMESPACE,
                path,
                leg.rule().resource().key(),
                gateway.key(),
                host,
                ofOther.get(),
                leg.rule().namespace())
            : Manifest.finding(
                leg.rule().resource(),
                RoutingCode.HOST_NOT_AT_GATEWAY,
                path,
                leg.rule().resource().key(),
                gateway.key(),
                host,
                "which none of its servers has",
                "Add %s to the hosts of a server".formatted(host));
    return finding.related(List.of(Manifest.subject(gateway.key())));
  }
}
