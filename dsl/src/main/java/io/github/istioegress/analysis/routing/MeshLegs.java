package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.ServiceRegistry;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes of the mesh, VirtualService by VirtualService. */
final class MeshLegs {

  private final Map<ResourceKey, List<Leg>> byRule;
  private final ServiceRegistry registry;
  private final Predicate<Workload> isGateway;

  MeshLegs(AnalysisContext context) {
    this.registry = context.model().registry();
    this.isGateway = pod -> context.model().gateway(pod).isPresent();
    this.byRule =
        context.legs().stream()
            .filter(Leg::isOfMesh)
            .collect(
                Collectors.groupingBy(
                    leg -> leg.rule().resource().key(), HashMap::new, Collectors.toList()));
  }

  /** The routes of a VirtualService that hold in sidecars. */
  List<Leg> of(RouteRule rule) {
    return byRule.getOrDefault(rule.resource().key(), List.of());
  }

  /** True where a VirtualService sends calls in sidecars to a gateway. */
  boolean leadToGateway(RouteRule rule) {
    return leadToGateway(of(rule));
  }

  /** True where some of these routes sends to a gateway. */
  boolean leadToGateway(List<Leg> legs) {
    return legs.stream()
        .flatMap(leg -> leg.targets().stream())
        .filter(target -> !target.mirror())
        .flatMap(target -> registry.kubernetes(target.host()).stream())
        .map(registry::pods)
        .anyMatch(pods -> pods.isEmpty() || pods.stream().anyMatch(isGateway));
  }

  /** True where a route is for the protocol and port of a call, whatever else it asks for. */
  static boolean matchesPort(Leg leg, Followed followed) {
    Call call = followed.trace().call();
    return switch (call.scheme()) {
      case HTTP ->
          leg.http().isPresent()
              && (leg.http().get().getMatch().isEmpty()
                  || leg.http().get().getMatch().stream()
                      .anyMatch(
                          match -> isOf(leg, match.getGateways()) && is(match.getPort(), call)));
      case HTTPS, TLS ->
          leg.tls().isPresent()
              && leg.tls().get().getMatch().stream()
                  .anyMatch(
                      match ->
                          isOf(leg, match.getGateways())
                              && is(match.getPort(), call)
                              && match.getSniHosts().stream()
                                  .anyMatch(sni -> HostMatch.covered(call.host(), sni)));
      case TCP ->
          leg.tcp().isPresent()
              && (leg.tcp().get().getMatch().isEmpty()
                  || leg.tcp().get().getMatch().stream()
                      .anyMatch(
                          match -> isOf(leg, match.getGateways()) && is(match.getPort(), call)));
    };
  }

  private static boolean isOf(Leg leg, List<String> gateways) {
    return leg.rule().binds(gateways, RouteRule.MESH);
  }

  private static boolean is(@Nullable Number said, Call call) {
    int port = Metadata.number(said);
    return port == 0 || port == call.port();
  }
}
