package io.github.istioegress.trace.registry;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All services of the mesh, the oldest first, and the pods behind them. */
public final class ServiceRegistry {

  private static final Comparator<RegistryService> BY_AGE =
      Comparator.comparing(RegistryService::created)
          .thenComparing(RegistryService::hostname)
          .thenComparing(RegistryService::namespace);

  private final List<RegistryService> services;
  private final Map<String, Map<String, RegistryService>> byHost;
  private final List<Workload> workloads;
  private final RegistryIndex index;
  private final Set<String> unordered;
  private final List<String> defaultExport;
  private final Set<String> allocated;

  /** The first release in which an ExternalName is another name, and no host by itself. */
  private static final IstioVersion ALIASES = IstioVersion.of(1, 21);

  private ServiceRegistry(
      List<RegistryService> services,
      List<Workload> workloads,
      List<String> defaultExport,
      Set<String> allocated) {
    this.allocated = allocated;
    this.defaultExport = defaultExport;
    this.services = services;
    this.workloads = workloads;
    this.byHost = byHost(services);
    this.index = RegistryIndex.of(services, workloads, defaultExport);
    this.unordered = unordered(services);
  }

  /**
   * Builds the registry.
   *
   * @param resources the manifests
   * @param gateways gateways told beside them; a Service or pod in the manifests goes first
   * @param defaultExport who sees a service that does not say so
   * @param version the release whose choices hold
   */
  public static ServiceRegistry of(
      ResourceSet resources,
      List<GatewayWorkload> gateways,
      List<String> defaultExport,
      IstioVersion version) {
    List<RegistryService> services = new ArrayList<>();
    List<Workload> workloads = new ArrayList<>(KubernetesServices.workloads(resources));
    Set<String> hosts = new HashSet<>();
    // Those that istiod makes come behind those that are written.
    List<Resource> inOrder =
        resources.of(ResourceKind.SERVICE).stream()
            .sorted(Comparator.comparing(Derived::is))
            .toList();
    boolean aliased = version.atLeast(ALIASES);
    Slices slices = Slices.of(resources);
    int index = 0;
    for (Resource resource : inOrder) {
      RegistryService service = KubernetesServices.service(resource, index++, slices);
      hosts.add(service.hostname());
      if (!aliased || !Aliases.is(resource)) {
        services.add(service);
      }
    }
    for (GatewayWorkload gateway : gateways) {
      if (hosts.add(gateway.serviceHost())) {
        services.add(
            KubernetesServices.service(
                KubernetesServices.gatewayService(gateway), index++, slices));
      }
      Workload pods = new Workload(gateway.name(), gateway.namespace(), gateway.labels(), "", true);
      if (workloads.stream()
          .noneMatch(w -> w.namespace().equals(pods.namespace()) && w.has(pods.labels()))) {
        workloads.add(pods);
      }
    }
    for (Resource resource : resources.of(ResourceKind.SERVICE_ENTRY)) {
      services.addAll(ServiceEntries.services(resource));
    }
    if (aliased) {
      Map<String, List<String>> aliases = Aliases.of(resources);
      services.replaceAll(
          service -> service.withAliases(aliases.getOrDefault(service.hostname(), List.of())));
    }
    services.sort(BY_AGE);
    return new ServiceRegistry(
        sharingEndpoints(services), List.copyOf(workloads), defaultExport, Set.of());
  }

  /** The same where sidecars use the addresses that istiod gives to hosts without one. */
  public ServiceRegistry withAllocatedAddresses() {
    List<RegistryService> given = AllocatedAddresses.give(services);
    Set<String> addresses = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      if (!given.get(i).address().equals(services.get(i).address())) {
        addresses.add(given.get(i).address());
      }
    }
    return new ServiceRegistry(given, workloads, defaultExport, Set.copyOf(addresses));
  }

  /** Endpoints are kept by host, namespace and port, so that entries of one host share theirs. */
  private static List<RegistryService> sharingEndpoints(List<RegistryService> services) {
    Map<String, Set<Endpoint>> shared = new HashMap<>();
    for (RegistryService service : services) {
      for (ServicePort port : service.ports()) {
        shared
            .computeIfAbsent(shareKey(service, port), key -> new LinkedHashSet<>())
            .addAll(port.endpoints());
      }
    }
    List<RegistryService> sharing = new ArrayList<>();
    for (RegistryService service : services) {
      sharing.add(
          service.withPorts(
              service.ports().stream()
                  .map(
                      port ->
                          port.withEndpoints(
                              List.copyOf(shared.getOrDefault(shareKey(service, port), Set.of()))))
                  .toList()));
    }
    return List.copyOf(sharing);
  }

  private static String shareKey(RegistryService service, ServicePort port) {
    return service.namespace() + "/" + service.hostname() + ":" + port.number();
  }

  private static Map<String, Map<String, RegistryService>> byHost(List<RegistryService> services) {
    Map<String, Map<String, RegistryService>> byHost = new HashMap<>();
    for (RegistryService service : services) {
      byHost
          .computeIfAbsent(service.hostname(), host -> new LinkedHashMap<>())
          .merge(
              service.namespace(),
              service,
              // The oldest holds the host, but nobody squats on a Service of the cluster.
              (there, more) -> !there.kubernetes() && more.kubernetes() ? more : there);
    }
    return byHost;
  }

  /** Hosts for which Istio has no order: entries of one namespace and age that do not merge. */
  private static Set<String> unordered(List<RegistryService> services) {
    Set<String> unordered = new HashSet<>();
    for (int i = 1; i < services.size(); i++) {
      RegistryService one = services.get(i - 1);
      RegistryService other = services.get(i);
      boolean tied =
          BY_AGE.compare(one, other) == 0
              && !one.source().key().equals(other.source().key())
              && one.kubernetes() == other.kubernetes();
      if (tied && !one.mergesWith(other)) {
        unordered.add(one.hostname());
      }
    }
    return unordered;
  }

  /** All services, the oldest first; one with several addresses is there for each of them. */
  public List<RegistryService> all() {
    return services;
  }

  /** All pods that manifests show, and those of gateways told beside them. */
  public List<Workload> workloads() {
    return workloads;
  }

  /** True where Istio itself does not determine which entry of the host holds. */
  public boolean isUnordered(String host) {
    return unordered.contains(host);
  }

  /** The services that a namespace sees: those exported to it by name first, then the public. */
  public List<RegistryService> visibleTo(String namespace) {
    return index.visibleTo(namespace);
  }

  /** True where a namespace sees the service. */
  public boolean isVisible(RegistryService service, String namespace) {
    return ExportTo.visible(
        ExportTo.effective(service.exportTo(), defaultExport), service.namespace(), namespace);
  }

  /** The service of a host in each namespace that has one, the oldest namespace first. */
  public Map<String, RegistryService> byNamespace(String host) {
    return byHost.getOrDefault(host, Map.of());
  }

  /** The pods that a Service of the cluster selects. */
  public List<Workload> pods(RegistryService service) {
    if (service.selector().isEmpty()) {
      return List.of();
    }
    return index.pods(service.namespace()).stream()
        .filter(pod -> pod.has(service.selector()))
        .toList();
  }

  /** The Services of the cluster that select a pod, the oldest first. */
  public List<RegistryService> servicesOf(Workload pod) {
    return index.ofCluster(pod.namespace()).stream()
        .filter(service -> !service.selector().isEmpty() && pod.has(service.selector()))
        .toList();
  }

  /** The Service of the cluster that has this address. */
  public Optional<RegistryService> kubernetesAt(String address) {
    return index.ofClusterAt(address);
  }

  /**
   * The address that somebody wrote into a ServiceEntry of the host, the caller's namespace first.
   */
  public Optional<String> entryAddress(String host, String namespace) {
    List<RegistryService> entries = index.named(host).stream().filter(this::hasAddress).toList();
    return entries.stream()
        .filter(service -> service.namespace().equals(namespace))
        .findFirst()
        .or(() -> entries.stream().findFirst())
        .map(RegistryService::address);
  }

  private boolean hasAddress(RegistryService service) {
    return !service.kubernetes()
        && !service.address().equals(RegistryService.ANY_ADDRESS)
        && !allocated.contains(service.address());
  }

  /** The Service of the cluster of this name. */
  public Optional<RegistryService> kubernetes(String host) {
    return byNamespace(host).values().stream().filter(RegistryService::kubernetes).findFirst();
  }
}
