package io.github.istioegress.trace;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.ambient.AmbientIndex;
import io.github.istioegress.trace.ambient.AmbientService;
import io.github.istioegress.trace.ambient.Waypoint;
import io.github.istioegress.trace.envoy.FilterChain;
import io.github.istioegress.trace.envoy.GatewayProxy;
import io.github.istioegress.trace.envoy.SidecarProxy;
import io.github.istioegress.trace.envoy.WaypointProxy;
import io.github.istioegress.trace.gatewayapi.GatewayApi;
import io.github.istioegress.trace.network.NetworkPolicies;
import io.github.istioegress.trace.policy.AuthorizationPolicies;
import io.github.istioegress.trace.policy.Identity;
import io.github.istioegress.trace.policy.PodPolicies;
import io.github.istioegress.trace.registry.GatewaySelection;
import io.github.istioegress.trace.registry.GatewayWorkload;
import io.github.istioegress.trace.registry.Recent;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.RouteRules;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.Scopes;
import io.github.istioegress.trace.registry.ServiceRegistry;
import io.github.istioegress.trace.registry.Workload;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that Istio would know of a set of manifests, indexed once. */
final class Mesh {

  /** Services that are kept in sidecars; where each pod sees every host there are many. */
  private static final long MOST_SERVICES = 200_000;

  /** Pods whose sidecars are alike. */
  private record Pods(String namespace, Map<String, String> labels) {}

  private final ServiceRegistry registry;
  private final RouteRules rules;
  private final Scopes scopes;
  private final AuthorizationPolicies policies;
  private final String trustDomain;
  private final NetworkPolicies network;
  private final AmbientIndex ambient;
  private final boolean capturesDns;
  private final boolean ztunnelAnswers;
  private final GatewayIndex gateways;
  private final ResourceSet resources;
  private final Set<String> told;
  private final List<ResourceKey> unread;
  private final Map<Workload, Optional<GatewayProxy>> proxies = new ConcurrentHashMap<>();
  private final Recent<Pods, SidecarProxy> sidecars =
      new Recent<>(MOST_SERVICES, proxy -> 1 + proxy.scope().services().size());

  Mesh(
      ResourceSet written,
      List<GatewayWorkload> workloads,
      MeshConfig config,
      IstioVersion version) {
    GatewayApi gatewayApi = GatewayApi.of(written, workloads, version);
    ResourceSet resources = gatewayApi.resources();
    this.unread = gatewayApi.unread();
    ServiceRegistry asWritten =
        ServiceRegistry.of(resources, workloads, config.exportDefaults().services(), version);
    this.registry =
        config.dns().usesAllocated(version) ? asWritten.withAllocatedAddresses() : asWritten;
    this.capturesDns = config.dns().capture();
    this.ztunnelAnswers = version.atLeast(IstioVersion.V1_25);
    this.rules = RouteRules.of(resources, config.exportDefaults().virtualServices());
    this.scopes = new Scopes(resources, registry, rules, config, version);
    this.ambient = AmbientIndex.of(resources, asWritten, version);
    this.policies = AuthorizationPolicies.of(resources, config);
    this.trustDomain = config.trustDomains().get(0);
    this.network = NetworkPolicies.of(written);
    this.told = Set.copyOf(workloads.stream().map(w -> w.namespace() + "/" + w.name()).toList());
    this.resources = resources;
    this.gateways = GatewayIndex.of(resources);
  }

  /** The manifests, and what istiod makes of the Gateway API's. */
  ResourceSet resources() {
    return resources;
  }

  RouteRules rules() {
    return rules;
  }

  /** The Gateway resources that open servers in a pod, the oldest first. */
  List<Resource> gatewaysOf(Workload pod) {
    return gateways.taking(pod, registry.servicesOf(pod));
  }

  /** The policies of a pod, in the namespaces where its proxy looks. */
  PodPolicies policies(String namespace, Map<String, String> labels) {
    return policies.of(List.of(namespace), labels);
  }

  List<ResourceKey> unread() {
    return unread;
  }

  ServiceRegistry registry() {
    return registry;
  }

  /** What a proxy of a pod is called in its certificate. */
  Identity identity(String namespace, String serviceAccount) {
    return Identity.of(trustDomain, namespace, serviceAccount);
  }

  /** The policies that a proxy asks in a chain. */
  PodPolicies policies(FilterChain chain, Scope proxy) {
    return policies.of(chain.policyNamespaces(), proxy.labels());
  }

  NetworkPolicies network() {
    return network;
  }

  /** What ztunnel knows. */
  AmbientIndex ambient() {
    return ambient;
  }

  /** The waypoint of a service, as it is set up for it. */
  WaypointProxy waypoint(Waypoint waypoint, AmbientService service) {
    Map<String, RegistryService> served = new HashMap<>();
    ambient.servedBy(waypoint).forEach(one -> served.put(one.host(), one.service()));
    served.put(service.host(), service.service());
    return new WaypointProxy(
        waypoint.name(),
        scopes.gateway(waypoint.namespace(), waypoint.podLabels()),
        service.service(),
        served,
        rules);
  }

  /** The policies that a waypoint asks for the service that is called. */
  PodPolicies policies(WaypointProxy waypoint) {
    return policies.ofWaypoint(
        ResourceKind.KUBERNETES_GATEWAY.key(waypoint.scope().namespace(), waypoint.name()),
        waypoint.service().source().key());
  }

  SidecarProxy sidecar(Caller caller) {
    return sidecars.get(
        new Pods(caller.namespace(), caller.labels()),
        pods -> new SidecarProxy(scopes.sidecar(pods.namespace(), pods.labels())));
  }

  /** True where the sidecar of a pod answers its name look-ups. */
  boolean capturesDns(Caller caller) {
    return capturesDns && Interception.hasSidecar(caller);
  }

  /** True where ztunnel answers the name look-ups of a pod in ambient mode. */
  boolean ztunnelAnswers(Caller caller) {
    String said = caller.annotations().getOrDefault("ambient.istio.io/dns-capture", "");
    return said.isEmpty() ? ztunnelAnswers : said.equals("true");
  }

  /** The gateway that a pod is; empty where it is an ordinary workload. */
  Optional<GatewayProxy> gateway(Workload pod) {
    return proxies.computeIfAbsent(pod, this::built);
  }

  private Optional<GatewayProxy> built(Workload pod) {
    boolean known = pod.router() || told.contains(pod.namespace() + "/" + pod.name());
    List<RegistryService> services = registry.servicesOf(pod);
    List<Resource> selecting = gateways.taking(pod, services);
    return known || selecting.stream().anyMatch(GatewaySelection::names)
        ? Optional.of(
            new GatewayProxy(
                scopes.gateway(pod.namespace(), pod.labels()),
                selecting,
                services,
                rules,
                registry))
        : Optional.empty();
  }

  /** The ports at which gateways can be called. */
  List<GatewayPort> gatewayPorts() {
    return registry.all().stream()
        .filter(RegistryService::kubernetes)
        .flatMap(
            service ->
                registry.pods(service).stream()
                    .filter(pod -> gateway(pod).isPresent())
                    .limit(1)
                    .flatMap(
                        pod ->
                            service.ports().stream()
                                .map(
                                    port ->
                                        new GatewayPort(
                                            gatewayName(pod), service.hostname(), port.number()))))
        .distinct()
        .sorted(Comparator.comparing(GatewayPort::host).thenComparing(GatewayPort::port))
        .toList();
  }

  /** What a gateway knows where a sidecar of its namespace was served before it. */
  Scope afterSidecar(Scope gateway) {
    return scopes.gatewayAfterSidecar(gateway.namespace(), gateway.labels());
  }

  /** What a gateway's pod is called in reports: the Service in front of it, else itself. */
  String gatewayName(Workload pod) {
    return pod.namespace()
        + "/"
        + registry.servicesOf(pod).stream()
            .findFirst()
            .map(RegistryService::hostname)
            .map(host -> host.substring(0, host.indexOf('.')))
            .orElse(pod.name());
  }
}
