package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The Gateways of a set, and which of them are for what leaves the mesh. */
final class Gateways {

  private final AnalysisContext context;
  private final Map<String, Manifest<Gateway>> byName = new HashMap<>();
  private final Set<Workload> called = new HashSet<>();

  Gateways(AnalysisContext context) {
    this.context = context;
    context.gateways().forEach(one -> byName.put(one.namespace() + "/" + one.name(), one));
    Set<String> hosts = new HashSet<>();
    context.legs().stream()
        .filter(Leg::isOfMesh)
        .forEach(leg -> leg.targets().forEach(target -> hosts.add(target.host())));
    for (String host : hosts) {
      for (RegistryService service : context.model().registry().byNamespace(host).values()) {
        if (service.kubernetes()) {
          called.addAll(context.model().registry().pods(service));
        }
      }
    }
  }

  /** The Gateway of a name, {@code namespace/name}; empty where the set does not show it. */
  Optional<Manifest<Gateway>> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Those of the names that the set shows. */
  List<Manifest<Gateway>> named(List<String> names) {
    return names.stream().flatMap(name -> named(name).stream()).toList();
  }

  /** True where a server, on a port or, for 0, on any, has a host for routes of a namespace. */
  static boolean has(Manifest<Gateway> gateway, String host, String namespace, int port) {
    return gateway.spec().getServers().stream()
        .filter(server -> port == 0 || number(server) == port)
        .anyMatch(server -> has(server, host, gateway.namespace(), namespace));
  }

  /** The pods in which it opens its servers. */
  List<Workload> pods(Manifest<Gateway> gateway) {
    return context.model().podsOf(gateway.key());
  }

  /** True where its pods are called by the mesh, or by their labels are an egress gateway. */
  boolean isEgress(Manifest<Gateway> gateway) {
    Map<String, String> selector = gateway.spec().getSelector();
    boolean named =
        selector != null && selector.values().stream().anyMatch(value -> value.contains("egress"));
    return named || pods(gateway).stream().anyMatch(called::contains);
  }

  private static boolean has(
      Server server, String host, String gatewayNamespace, String namespace) {
    return hosts(server)
        .anyMatch(
            said ->
                HostMatch.overlap(name(said), host) && isFor(said, gatewayNamespace, namespace));
  }

  private static Stream<String> hosts(Server server) {
    return server.getHosts().stream();
  }

  /** A server's host without the namespace that it is for. */
  static String name(String said) {
    return said.substring(said.indexOf('/') + 1);
  }

  /** The namespace that a server's host is for; {@code *} for all. */
  static String namespace(String said, String gatewayNamespace) {
    int slash = said.indexOf('/');
    String prefix = slash < 0 ? "*" : said.substring(0, slash);
    return prefix.equals(".") ? gatewayNamespace : prefix;
  }

  private static boolean isFor(String said, String gatewayNamespace, String namespace) {
    String prefix = namespace(said, gatewayNamespace);
    return prefix.equals("*") || prefix.equals(namespace);
  }

  private static int number(Server server) {
    return server.getPort() == null ? 0 : Metadata.number(server.getPort().getNumber());
  }
}
