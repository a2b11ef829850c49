package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerBuilder;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.GatewayBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamedObject;
import io.github.istioegress.intent.NamespaceEgress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The servers at which gateways end mutual TLS of the mesh for hosts that several namespaces share:
 * one SNI may stand at one server only, so they share the host's. Each host has a Gateway of its
 * own beside the workload, prefixed with the namespaces whose routes may bind to it, so that no
 * resource grows with the number of tenants.
 */
final class MutualServers {

  private record Hop(EgressGateway gateway, ExternalHost host) {}

  private final Map<Hop, Set<String>> sharing = new HashMap<>();
  private final Map<Hop, TreeMap<String, Server>> servers = new LinkedHashMap<>();

  /** The servers that these namespaces share with each other. */
  MutualServers(Collection<NamespaceEgress> namespaces) {
    for (NamespaceEgress said : namespaces) {
      for (HostEgress host : said.hosts()) {
        host.intents().stream()
            .filter(intent -> isUnnamed(host, intent))
            .map(MutualServers::hop)
            .forEach(
                hop ->
                    sharing
                        .computeIfAbsent(hop, h -> new TreeSet<>())
                        .add(said.namespace().name()));
      }
    }
  }

  /** True where a sentence's server stands here; one with a Gateway of its own name does not. */
  boolean hold(HostEgress host, EgressIntent intent) {
    return isUnnamed(host, intent) && sharing.getOrDefault(hop(intent), Set.of()).size() > 1;
  }

  private static boolean isUnnamed(HostEgress host, EgressIntent intent) {
    return intent.path().hop() == GatewayHop.ISTIO_MUTUAL
        && host.name(NamedObject.GATEWAY, intent.path().gateway().orElseThrow()).isEmpty();
  }

  private static Hop hop(EgressIntent intent) {
    return new Hop(intent.path().gateway().orElseThrow(), intent.host());
  }

  /** Opens a server for a host that a namespace's routes bind to. */
  void add(EgressIntent intent, String hostname, Server server) {
    servers
        .computeIfAbsent(hop(intent), h -> new TreeMap<>())
        .merge(
            server.getPort().getName(),
            new ServerBuilder(server).withHosts(hostname).build(),
            (there, more) -> new ServerBuilder(there).addToHosts(hostname).build());
  }

  /** The name of the host's resource, as routes of a namespace refer to it. */
  static String reference(EgressIntent intent, String namespace) {
    Hop hop = hop(intent);
    return hop.gateway().namespace().equals(namespace)
        ? name(hop)
        : hop.gateway().namespace() + "/" + name(hop);
  }

  private static String name(Hop hop) {
    return ResourceNames.sharedHost(hop.gateway().name(), hop.host().dashed());
  }

  /** The Gateway of each shared host, beside the workload. */
  List<Gateway> resources(String apiVersion) {
    return servers.entrySet().stream()
        .map(
            entry ->
                new GatewayBuilder()
                    .withApiVersion(apiVersion)
                    .withNewMetadata()
                    .withName(name(entry.getKey()))
                    .withNamespace(entry.getKey().gateway().namespace())
                    .endMetadata()
                    .withNewSpec()
                    .withSelector(entry.getKey().gateway().labels())
                    .withServers(List.copyOf(entry.getValue().values()))
                    .endSpec()
                    .build())
        .toList();
  }
}
