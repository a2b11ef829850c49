package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerBuilder;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.GatewayBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamedObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The servers at which gateways end mutual TLS of the mesh, gathered over all namespaces of a plan:
 * one SNI may stand at one server only, so namespaces that share a host share its server. Each host
 * is prefixed with the namespace whose routes may bind to it.
 */
final class MutualServers {

  private final Map<EgressGateway, TreeMap<String, Server>> servers = new LinkedHashMap<>();

  /** True where a sentence's server stands here; one with a Gateway of its own name does not. */
  static boolean hold(HostEgress host, EgressIntent intent) {
    return intent.path().hop() == GatewayHop.ISTIO_MUTUAL
        && host.name(NamedObject.GATEWAY, intent.path().gateway().orElseThrow()).isEmpty();
  }

  /** Opens a server for a host that a namespace's routes bind to. */
  void add(EgressGateway gateway, String hostname, Server server) {
    servers
        .computeIfAbsent(gateway, g -> new TreeMap<>())
        .merge(
            server.getPort().getName(),
            new ServerBuilder(server).withHosts(hostname).build(),
            (there, more) -> new ServerBuilder(there).addToHosts(hostname).build());
  }

  /** The name of a gateway's resource, as routes of a namespace refer to it. */
  static String reference(EgressGateway gateway, String namespace) {
    String name = ResourceNames.mutualGateway(gateway.name());
    return gateway.namespace().equals(namespace) ? name : gateway.namespace() + "/" + name;
  }

  /** The Gateway of each workload, beside the workload. */
  List<Gateway> resources(String apiVersion) {
    return servers.entrySet().stream()
        .map(
            entry ->
                new GatewayBuilder()
                    .withApiVersion(apiVersion)
                    .withNewMetadata()
                    .withName(ResourceNames.mutualGateway(entry.getKey().name()))
                    .withNamespace(entry.getKey().namespace())
                    .endMetadata()
                    .withNewSpec()
                    .withSelector(entry.getKey().labels())
                    .withServers(List.copyOf(entry.getValue().values()))
                    .endSpec()
                    .build())
        .toList();
  }
}
