package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Carried;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sidecar sends to an egress gateway, and the servers to which it comes.
 *
 * @param journey the call
 * @param sender the sidecar
 * @param arriving what travels to the gateway
 * @param applied the TLS setting that the sidecar follows; empty where no rule says one
 * @param servers the servers on the port where it arrives
 */
record GatewayHop(
    Journey journey,
    Hop sender,
    Carried arriving,
    Optional<ClientTls> applied,
    List<OpenServer> servers) {

  private record All(List<GatewayHop> hops) {}

  /** A gateway's pod, and the numbers by which a server may have the port. */
  private record Arrival(String receiver, List<Integer> ports) {}

  /** All of a set. */
  static List<GatewayHop> of(AnalysisContext context) {
    return context.shared(All.class, set -> new All(List.copyOf(found(set)))).hops();
  }

  private static List<GatewayHop> found(AnalysisContext context) {
    Map<String, Map<Integer, List<OpenServer>>> byPod = byPod(context);
    if (byPod.isEmpty()) {
      return List.of();
    }
    Map<ResourceKey, List<ClientTls>> byRule = ClientTls.byRule(context);
    Map<Arrival, List<OpenServer>> arriving = new HashMap<>();
    List<GatewayHop> all = new ArrayList<>();
    for (Journey journey : Journey.of(context)) {
      if (journey.hops().isEmpty() || journey.hops().get(0).gateway()) {
        continue;
      }
      Hop sender = journey.hops().get(0);
      String receiver = receiver(journey);
      // One list for all calls that arrive there: a gateway may have thousands of servers.
      List<OpenServer> servers =
          arriving.computeIfAbsent(
              new Arrival(receiver, ports(context, sender)), at -> servers(byPod, at));
      if (!servers.isEmpty()) {
        Optional<ClientTls> applied = ClientTls.appliedIn(sender, byRule);
        all.add(new GatewayHop(journey, sender, journey.carried().get(1), applied, servers));
      }
    }
    return all;
  }

  private static List<OpenServer> servers(
      Map<String, Map<Integer, List<OpenServer>>> byPod, Arrival at) {
    Map<Integer, List<OpenServer>> byPort = byPod.getOrDefault(at.receiver(), Map.of());
    return at.ports().stream()
        .distinct()
        .flatMap(port -> byPort.getOrDefault(port, List.of()).stream())
        .toList();
  }

  private static String receiver(Journey journey) {
    return journey.hops().size() > 1 ? journey.hops().get(1).proxy() : journey.branch().at();
  }

  /** The servers of each gateway's pods, by the name that a hop has there, and by their port. */
  private static Map<String, Map<Integer, List<OpenServer>>> byPod(AnalysisContext context) {
    Map<String, Map<Integer, List<OpenServer>>> byPod = new HashMap<>();
    for (Manifest<Gateway> gateway : context.gateways()) {
      for (Workload pod : context.model().podsOf(gateway.key())) {
        Map<Integer, List<OpenServer>> byPort =
            byPod.computeIfAbsent(
                "gateway %s/%s".formatted(pod.namespace(), pod.name()), name -> new HashMap<>());
        OpenServer.of(gateway)
            .forEach(
                server ->
                    byPort.computeIfAbsent(server.number(), port -> new ArrayList<>()).add(server));
      }
    }
    return byPod;
  }

  /** A server is numbered by a port of the Service, or by the port behind it. */
  private static List<Integer> ports(AnalysisContext context, Hop sender) {
    return context
        .model()
        .registry()
        .kubernetes(sender.host())
        .flatMap((RegistryService service) -> service.port(sender.port()))
        .map(port -> List.of(port.number(), port.targetPort()))
        .orElse(List.of(sender.port()));
  }

  /** The TLS that the sidecar itself begins; empty where it begins none. */
  Optional<Carried.Layer> begun() {
    return sender.upstreamTls().mode() == UpstreamTls.Mode.NONE
        ? Optional.empty()
        : arriving.outer();
  }

  /** True where it is this gateway at which it goes wrong, and none behind it. */
  boolean endsAtGateway() {
    return !journey.leaves()
        && journey.hops().size() <= 2
        && journey.branch().at().equals(receiver(journey));
  }

  /** True where the gateway chose none of its filter chains. */
  boolean isUnmatched() {
    return journey.hops().size() == 2 && journey.hops().get(1).filter().isEmpty();
  }
}
