package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamedObject;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.Visibility;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the sentences of one namespace need together, gathered before resources are made of it: a
 * Gateway's servers and a rule's subsets come from many hosts, and Istio wants each resource once.
 */
final class NamespaceResources {

  /** Istio's word for all sidecars in a route's {@code gateways}. */
  static final String MESH = "mesh";

  private final NamespaceEgress said;
  private final MutualServers mutual;
  private final Map<EgressGateway, TreeMap<String, Server>> servers = new LinkedHashMap<>();
  private final Map<EgressGateway, Map<String, Map<Integer, String>>> subsets =
      new LinkedHashMap<>();
  private final ForwardProxies proxies;
  private final Routes<HTTPRoute> http = new Routes<>();
  private final Routes<TLSRoute> tls = new Routes<>();
  private final Routes<TCPRoute> tcp = new Routes<>();

  NamespaceResources(NamespaceEgress said, MutualServers mutual) {
    this.said = said;
    this.mutual = mutual;
    this.proxies = new ForwardProxies(said.namespace().name());
  }

  /** Opens a server for the host; hosts of the same port and protocol share one. */
  void server(HostEgress host, EgressIntent intent, Server server) {
    EgressGateway gateway = intent.path().gateway().orElseThrow();
    // Only routes of this namespace may bind to the host.
    String own = said.namespace().name();
    boolean asAsked = host.visibility() == Visibility.AS_ASKED;
    if (mutual.hold(host, intent)) {
      boolean beside = gateway.namespace().equals(own);
      String prefix = !asAsked ? "" : beside ? "./" : own + "/";
      mutual.add(intent, prefix + host.host().name(), server);
      return;
    }
    String hostname = (asAsked ? "./" : "") + host.host().name();
    servers
        .computeIfAbsent(gateway, g -> new TreeMap<>())
        .merge(
            server.getPort().getName(),
            new ServerBuilder(server).withHosts(hostname).build(),
            (there, more) -> new ServerBuilder(there).addToHosts(hostname).build());
  }

  /** The forward proxies outside. */
  ForwardProxies proxies() {
    return proxies;
  }

  /** The ends of the last leg: the host outside, or the forward proxy that leads to it. */
  List<Leg> outside(HostEgress host, EgressIntent intent) {
    return intent.path().forwardProxy().isPresent()
        ? List.of(proxies.tunnel(host, intent))
        : Leg.outside(intent);
  }

  /** The routes of plaintext HTTP. */
  Routes<HTTPRoute> http() {
    return http;
  }

  /** The routes of TLS by its SNI. */
  Routes<TLSRoute> tls() {
    return tls;
  }

  /** The routes of bytes. */
  Routes<TCPRoute> tcp() {
    return tcp;
  }

  /**
   * The mesh leg's end: the subset of the gateway's Service that is the host's. On a hop of mutual
   * TLS the subset bears the SNI by which the gateway finds the host's server.
   */
  Leg toGateway(HostEgress host, EgressIntent intent) {
    EgressGateway gateway = intent.path().gateway().orElseThrow();
    int port = intent.port().number();
    String subset =
        host.name(NamedObject.SUBSET, gateway)
            .orElseGet(() -> ResourceNames.subset(baseName(host)));
    Map<Integer, String> sniByPort =
        subsets
            .computeIfAbsent(gateway, g -> new LinkedHashMap<>())
            .computeIfAbsent(subset, s -> new TreeMap<>());
    if (intent.path().hop() == GatewayHop.ISTIO_MUTUAL) {
      sniByPort.put(port, host.host().name());
    }
    return Leg.whole(
        new DestinationBuilder()
            .withHost(gateway.serviceHost())
            .withSubset(subset)
            .withNewPort((long) port)
            .build());
  }

  /** The Gateway resource to which a sentence's route binds, as routes refer to it. */
  String boundTo(HostEgress host, EgressIntent intent) {
    EgressGateway gateway = intent.path().gateway().orElseThrow();
    return mutual.hold(host, intent)
        ? MutualServers.reference(intent, said.namespace().name())
        : gatewayName(gateway);
  }

  /** The name of the namespace's own Gateway resource. */
  String gatewayName(EgressGateway gateway) {
    return said.name(NamedObject.GATEWAY, gateway)
        .orElseGet(() -> ResourceNames.ofGateway(said, gateway));
  }

  /** The name of the rule for the gateway's Service. */
  String destinationRuleName(EgressGateway gateway) {
    return said.name(NamedObject.DESTINATION_RULE, gateway)
        .orElseGet(() -> ResourceNames.ofGateway(said, gateway));
  }

  /** The base of the names of a host's resources. */
  String baseName(HostEgress host) {
    return ResourceNames.of(host);
  }

  /** The namespaces that need to see a host: the callers' own, and that of each gateway. */
  List<String> exportTo(HostEgress host) {
    List<String> seen = exportTo(said.namespace().name(), host);
    if (seen.isEmpty()) {
      return seen;
    }
    // Gateways may tunnel through it.
    Stream<String> tunnelling =
        said.intents().stream()
            .filter(
                intent ->
                    intent
                        .path()
                        .forwardProxy()
                        .filter(p -> p.host().equals(host.host()))
                        .isPresent())
            .flatMap(intent -> intent.path().gateway().stream())
            .map(gateway -> seenAs(said.namespace().name(), gateway));
    return Stream.concat(seen.stream(), tunnelling).distinct().sorted().toList();
  }

  /** A gateway's namespace as {@code exportTo} says it. */
  static String seenAs(String own, EgressGateway gateway) {
    return gateway.namespace().equals(own) ? "." : gateway.namespace();
  }

  /** The same for a host said in a namespace. */
  static List<String> exportTo(String own, HostEgress host) {
    if (host.visibility() == Visibility.MESH_DEFAULT) {
      return List.of();
    }
    TreeSet<String> namespaces = new TreeSet<>(gatewayNamespaces(own, host));
    namespaces.add(".");
    return List.copyOf(namespaces);
  }

  /** The namespaces of the gateways on the way to a host. */
  List<String> gatewayNamespaces(HostEgress host) {
    return gatewayNamespaces(said.namespace().name(), host);
  }

  private static List<String> gatewayNamespaces(String own, HostEgress host) {
    return host.gateways().stream()
        .map(gateway -> seenAs(own, gateway))
        .distinct()
        .sorted()
        .toList();
  }

  /** The servers of a gateway, ordered by port name. */
  Collection<Server> servers(EgressGateway gateway) {
    return servers.getOrDefault(gateway, new TreeMap<>()).values();
  }

  /** The subsets of a gateway's Service, in the order of the hosts, with the SNI of each port. */
  Map<String, Map<Integer, String>> subsets(EgressGateway gateway) {
    return subsets.getOrDefault(gateway, Map.of());
  }
}
