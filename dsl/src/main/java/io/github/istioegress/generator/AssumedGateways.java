package io.github.istioegress.generator;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.GatewayWorkload;
import io.github.istioegress.trace.registry.ResolvedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Gateways that routes lead to but no manifest shows: their Service has the ports that the routes
 * name, their pods have the labels that the routes' Gateway selects.
 */
final class AssumedGateways {

  private static final String CLUSTER_DOMAIN = ".svc.cluster.local";

  private AssumedGateways() {}

  /**
   * Finds them.
   *
   * @param resources the manifests
   * @param known gateways that are told otherwise
   */
  static List<GatewayWorkload> of(ResourceSet resources, List<GatewayWorkload> known) {
    Map<String, List<Gateway>> gatewaysByHost = gatewaysByHost(resources);
    Map<String, Set<Integer>> ports = new TreeMap<>();
    Map<String, Map<String, String>> labels = new TreeMap<>();
    for (VirtualService service : services(resources)) {
      List<Gateway> candidates =
          hosts(service).flatMap(h -> gatewaysByHost.getOrDefault(h, List.of()).stream()).toList();
      if (candidates.isEmpty()) {
        continue;
      }
      String namespace = service.getMetadata().getNamespace();
      destinations(service)
          .forEach(
              to -> {
                String host = ResolvedNames.host(to.getHost(), namespace);
                // What a route is for is where it leads to in the end, and no gateway on the way.
                boolean onTheWay = hosts(service).noneMatch((namespace + "/" + host)::equals);
                if (onTheWay && to.getPort() != null && isUnknown(host, resources, known)) {
                  long port = to.getPort().getNumber();
                  ports.computeIfAbsent(host, h -> new TreeSet<>()).add((int) port);
                  labels.put(host, serving(candidates, port).getSpec().getSelector());
                }
              });
    }
    List<GatewayWorkload> assumed = new ArrayList<>();
    ports.forEach(
        (host, numbers) ->
            assumed.add(workload(host, labels.getOrDefault(host, Map.of()), numbers)));
    return assumed;
  }

  /** The legs of one way may be VirtualServices apart; what they share is the host they claim. */
  private static Map<String, List<Gateway>> gatewaysByHost(ResourceSet resources) {
    Map<String, List<Gateway>> byHost = new TreeMap<>();
    for (VirtualService service : services(resources)) {
      List<Gateway> gateways =
          service.getSpec().getGateways().stream()
              .map(name -> ResolvedNames.gateway(name, service.getMetadata().getNamespace()))
              .filter(name -> name.contains("/"))
              .map(name -> name.split("/", 2))
              .flatMap(key -> resources.find(ResourceKind.GATEWAY.key(key[0], key[1])).stream())
              .map(resource -> (Gateway) resource.object())
              .filter(it -> it.getSpec() != null && it.getSpec().getSelector() != null)
              .toList();
      hosts(service)
          .forEach(host -> byHost.computeIfAbsent(host, h -> new ArrayList<>()).addAll(gateways));
    }
    return byHost;
  }

  private static List<VirtualService> services(ResourceSet resources) {
    return resources.of(ResourceKind.VIRTUAL_SERVICE).stream()
        .map(resource -> (VirtualService) resource.object())
        .filter(service -> service.getSpec() != null)
        .toList();
  }

  private static Stream<String> hosts(VirtualService service) {
    String namespace = service.getMetadata().getNamespace();
    return service.getSpec().getHosts().stream().map(host -> namespace + "/" + host);
  }

  /** The gateway with a server on the port; where none has one, the first shall answer for it. */
  private static Gateway serving(List<Gateway> candidates, long port) {
    return candidates.stream()
        .filter(
            gateway ->
                gateway.getSpec().getServers().stream()
                    .map(Server::getPort)
                    .anyMatch(it -> it != null && Objects.equals(it.getNumber(), port)))
        .findFirst()
        .orElse(candidates.get(0));
  }

  private static Stream<Destination> destinations(VirtualService service) {
    return Stream.of(
            service.getSpec().getHttp().stream()
                .flatMap(route -> route.getRoute().stream())
                .map(to -> to.getDestination()),
            service.getSpec().getTls().stream()
                .flatMap(route -> route.getRoute().stream())
                .map(to -> to.getDestination()),
            service.getSpec().getTcp().stream()
                .flatMap(route -> route.getRoute().stream())
                .map(to -> to.getDestination()))
        .flatMap(stream -> stream)
        .filter(to -> to != null && to.getHost() != null);
  }

  private static boolean isUnknown(
      String host, ResourceSet resources, List<GatewayWorkload> known) {
    if (!host.endsWith(CLUSTER_DOMAIN)) {
      return false;
    }
    String[] parts = host.split("\\.", 3);
    return resources.find(ResourceKind.SERVICE.key(parts[1], parts[0])).isEmpty()
        && known.stream().noneMatch(gateway -> gateway.serviceHost().equals(host));
  }

  private static GatewayWorkload workload(
      String host, Map<String, String> labels, Set<Integer> numbers) {
    String[] parts = host.split("\\.", 3);
    return new GatewayWorkload(
        parts[0], parts[1], labels, numbers.stream().map(AssumedGateways::port).toList());
  }

  /** As Istio's own gateways listen: above 1024 where the Service's port is below. */
  private static GatewayWorkload.Port port(int number) {
    return new GatewayWorkload.Port(
        number,
        CallsFile.USUAL_PORTS.stream()
            .filter(usual -> usual.port() == number)
            .map(GatewayWorkload.Port::targetPort)
            .findFirst()
            .orElse(number));
  }
}
