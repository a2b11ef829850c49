package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A host of a Gateway's server at an egress gateway.
 *
 * @param gateway the Gateway
 * @param path the field, {@code spec.servers[0].hosts[0]}
 * @param server the server
 * @param scope the namespace whose routes it is for; empty for those of all
 * @param host the host without it
 */
record ServedHost(
    Manifest<Gateway> gateway, String path, Server server, String scope, String host) {

  /** Where calls come in. */
  record Door(Workload pod, int port) {}

  /** All hosts by the pods and ports that take them, each Gateway's once for alike pods. */
  static Map<Door, List<ServedHost>> byDoor(AnalysisContext context, Owners owners) {
    Map<Door, List<ServedHost>> byDoor = new LinkedHashMap<>();
    Set<Workload> egress = owners.egressGateways().keySet();
    for (Manifest<Gateway> gateway : context.gateways()) {
      Set<String> known = new HashSet<>();
      for (Workload pod : context.model().podsOf(gateway.key())) {
        if (egress.contains(pod) && known.add(pod.namespace() + pod.labels())) {
          all(gateway)
              .forEach(
                  (host, port) ->
                      byDoor
                          .computeIfAbsent(new Door(pod, port), door -> new ArrayList<>())
                          .add(host));
        }
      }
    }
    return byDoor;
  }

  /** The hosts of a Gateway, each with its port. */
  static Map<ServedHost, Integer> all(Manifest<Gateway> gateway) {
    Map<ServedHost, Integer> hosts = new LinkedHashMap<>();
    List<Server> servers = gateway.spec().getServers();
    for (int i = 0; i < servers.size(); i++) {
      Server server = servers.get(i);
      int port = server.getPort() == null ? 0 : Metadata.number(server.getPort().getNumber());
      for (int j = 0; j < server.getHosts().size(); j++) {
        String said = server.getHosts().get(j);
        int slash = said.indexOf('/');
        String scope = slash < 0 ? "" : said.substring(0, slash);
        hosts.put(
            new ServedHost(
                gateway,
                "spec.servers[" + i + "].hosts[" + j + "]",
                server,
                scope.equals("*") ? "" : scope.equals(".") ? gateway.namespace() : scope,
                said.substring(slash + 1)),
            port);
      }
    }
    return hosts;
  }

  /** The tenant whose host it is: the one it is for, else the one that wrote the Gateway. */
  String owner() {
    return scope.isEmpty() ? gateway.namespace() : scope;
  }
}
