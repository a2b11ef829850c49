package io.github.istioegress.trace.ambient;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.envoy.Cidr;
import io.github.istioegress.trace.gatewayapi.Namespaces;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServiceRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What ztunnel knows: every service, its addresses, and its waypoint. */
public final class AmbientIndex {

  private static final String MODE = "istio.io/dataplane-mode";
  private static final String INJECT = "sidecar.istio.io/inject";

  private final Namespaces namespaces;
  private final IstioVersion version;
  private final List<AmbientService> services = new ArrayList<>();

  private AmbientIndex(Namespaces namespaces, IstioVersion version) {
    this.namespaces = namespaces;
    this.version = version;
  }

  /**
   * Builds the index.
   *
   * @param resources the manifests
   * @param registry the services of the mesh
   * @param version the Istio release whose choices hold
   */
  public static AmbientIndex of(
      ResourceSet resources, ServiceRegistry registry, IstioVersion version) {
    Namespaces namespaces = new Namespaces(resources);
    AmbientIndex index = new AmbientIndex(namespaces, version);
    Waypoints waypoints = new Waypoints(resources, namespaces, version.atLeast(IstioVersion.V1_23));
    Map<String, Map<String, List<RegistryService>>> byHost = new LinkedHashMap<>();
    for (RegistryService service : registry.all()) {
      byHost
          .computeIfAbsent(service.hostname(), host -> new LinkedHashMap<>())
          .computeIfAbsent(service.namespace(), namespace -> new ArrayList<>())
          .add(service);
    }
    byHost.values().forEach(ofHost -> index.add(ofHost, waypoints));
    return index;
  }

  /** Of a host, each namespace has one service, and one of these holds it for all others. */
  private void add(Map<String, List<RegistryService>> ofHost, Waypoints waypoints) {
    Map<String, RegistryService> best = new LinkedHashMap<>();
    ofHost.forEach((namespace, all) -> best.put(namespace, oldest(all)));
    RegistryService canonical = oldest(List.copyOf(best.values()));
    for (Map.Entry<String, RegistryService> entry : best.entrySet()) {
      RegistryService service = entry.getValue();
      List<RegistryService> all = ofHost.getOrDefault(entry.getKey(), List.of());
      boolean holds = version.atLeast(IstioVersion.V1_29) && !isOlder(canonical, service);
      services.add(
          new AmbientService(
              service,
              addresses(service, all),
              isAllocated(service),
              waypoints.of(service),
              holds,
              all.stream()
                  .anyMatch(
                      s ->
                          !s.source().key().equals(service.source().key())
                              && !isOlder(service, s))));
    }
  }

  /** A Service of the cluster goes before any entry; among entries, the oldest. */
  private static RegistryService oldest(List<RegistryService> services) {
    return services.stream()
        .min(
            Comparator.comparing((RegistryService s) -> !s.kubernetes())
                .thenComparing(RegistryService::created))
        .orElseThrow();
  }

  private static boolean isOlder(RegistryService one, RegistryService other) {
    return one.kubernetes() != other.kubernetes()
        ? one.kubernetes()
        : one.created().isBefore(other.created());
  }

  private List<String> addresses(RegistryService service, List<RegistryService> all) {
    return all.stream()
        .filter(one -> one.source().key().equals(service.source().key()))
        .map(RegistryService::address)
        .filter(address -> !address.equals(RegistryService.ANY_ADDRESS))
        .filter(address -> !isRange(address) || version.atLeast(IstioVersion.V1_30))
        .toList();
  }

  private static boolean isRange(String address) {
    return address.contains("/");
  }

  private boolean isAllocated(RegistryService service) {
    return version.atLeast(IstioVersion.V1_25) && service.wantsAddress();
  }

  /**
   * True where ztunnel takes the calls of a pod: its own or its namespace's label says ambient, and
   * no sidecar is injected into it.
   */
  public boolean takes(String namespace, Map<String, String> podLabels) {
    Map<String, String> ofNamespace = namespaces.labels(namespace);
    String mode = podLabels.getOrDefault(MODE, ofNamespace.getOrDefault(MODE, ""));
    String inject = podLabels.get(INJECT);
    boolean injected =
        inject == null
            ? ofNamespace.getOrDefault("istio-injection", "").equals("enabled")
            : inject.equals("true");
    return mode.equals("ambient") && !injected;
  }

  /** All services, as ztunnel knows them. */
  public List<AmbientService> services() {
    return List.copyOf(services);
  }

  /** The service of a name, as ztunnel's DNS proxy finds it; its wildcards come last. */
  public Choice named(String host, String namespace) {
    String name = host.toLowerCase(Locale.ROOT);
    while (true) {
      String wanted = name;
      List<AmbientService> found =
          services.stream().filter(s -> s.hasAddress() && s.host().equals(wanted)).toList();
      int dot = name.indexOf('.', name.startsWith("*") ? 2 : 0);
      if (!found.isEmpty() || dot < 0) {
        return Choice.among(found, namespace);
      }
      name = "*" + name.substring(dot);
    }
  }

  /** The service of a dialled address: of exactly this one, else of the range it lies in. */
  public Choice at(String address, String namespace) {
    List<AmbientService> exact =
        services.stream().filter(s -> s.addresses().contains(address)).toList();
    if (!exact.isEmpty()) {
      return Choice.among(exact, namespace);
    }
    Optional<Cidr> dialled = Cidr.parse(address);
    record Fit(AmbientService service, int rank) {}
    List<Fit> fits = new ArrayList<>();
    for (AmbientService service : services) {
      service.addresses().stream()
          .filter(AmbientIndex::isRange)
          .flatMap(range -> Cidr.parse(range).stream())
          .filter(range -> dialled.filter(range::contains).isPresent())
          .forEach(range -> fits.add(new Fit(service, rank(service, range, namespace))));
    }
    int best = fits.stream().mapToInt(Fit::rank).max().orElse(0);
    List<AmbientService> left =
        fits.stream().filter(fit -> fit.rank() == best).map(Fit::service).distinct().toList();
    return new Choice(left.stream().findFirst(), left.size() > 1);
  }

  /** The caller's namespace goes before a longer prefix, and that before what holds for all. */
  private static int rank(AmbientService service, Cidr range, String namespace) {
    return (service.service().namespace().equals(namespace) ? 1000 : 0)
        + 2 * range.prefix()
        + (service.canonical() ? 1 : 0);
  }

  /** True where a workload has the address: ztunnel then asks for no waypoint of a service. */
  public boolean isWorkload(String address) {
    return services.stream()
        .filter(s -> !s.service().kubernetes())
        .flatMap(s -> s.service().ports().stream())
        .flatMap(port -> port.endpoints().stream())
        .anyMatch(endpoint -> endpoint.address().equals(address));
  }

  /** The services that a waypoint serves. */
  public List<AmbientService> servedBy(Waypoint waypoint) {
    return services.stream()
        .filter(
            s ->
                s.binding()
                    .waypoint()
                    .filter(w -> w.gateway().key().equals(waypoint.gateway().key()))
                    .isPresent())
        .toList();
  }
}
