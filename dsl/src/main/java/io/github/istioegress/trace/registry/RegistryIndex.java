package io.github.istioegress.trace.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Services and pods by what they are asked for, so that no question goes through all of them. Every
 * list keeps the registry's order.
 *
 * @param open the services that every namespace sees
 * @param exported the services that a namespace sees besides, by namespace
 * @param byHost all services of a host
 * @param ofCluster the Services of the cluster by namespace
 * @param byAddress the first Service of the cluster at an address
 * @param pods the pods by namespace
 */
record RegistryIndex(
    List<RegistryService> open,
    Map<String, List<RegistryService>> exported,
    Map<String, List<RegistryService>> byHost,
    Map<String, List<RegistryService>> ofCluster,
    Map<String, RegistryService> byAddress,
    Map<String, List<Workload>> pods) {

  static RegistryIndex of(
      List<RegistryService> services, List<Workload> workloads, List<String> defaultExport) {
    RegistryIndex index =
        new RegistryIndex(
            new ArrayList<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>());
    services.forEach(service -> index.add(service, defaultExport));
    workloads.forEach(pod -> list(index.pods, pod.namespace()).add(pod));
    return index;
  }

  private void add(RegistryService service, List<String> defaultExport) {
    list(byHost, service.hostname()).add(service);
    if (service.kubernetes()) {
      list(ofCluster, service.namespace()).add(service);
      byAddress.putIfAbsent(service.address(), service);
    }
    Set<String> exportTo = ExportTo.effective(service.exportTo(), defaultExport);
    if (exportTo.contains("*")) {
      open.add(service);
    } else if (!exportTo.contains("~")) {
      ExportTo.namespaces(exportTo, service.namespace())
          .forEach(namespace -> list(exported, namespace).add(service));
    }
  }

  private static <T> List<T> list(Map<String, List<T>> lists, String key) {
    return lists.computeIfAbsent(key, k -> new ArrayList<>());
  }

  /** The services that a namespace sees: those exported to it by name first, then the public. */
  List<RegistryService> visibleTo(String namespace) {
    List<RegistryService> visible = new ArrayList<>(exported.getOrDefault(namespace, List.of()));
    visible.addAll(open);
    return visible;
  }

  List<RegistryService> named(String host) {
    return byHost.getOrDefault(host, List.of());
  }

  List<RegistryService> ofCluster(String namespace) {
    return ofCluster.getOrDefault(namespace, List.of());
  }

  Optional<RegistryService> ofClusterAt(String address) {
    return Optional.ofNullable(byAddress.get(address));
  }

  List<Workload> pods(String namespace) {
    return pods.getOrDefault(namespace, List.of());
  }
}
