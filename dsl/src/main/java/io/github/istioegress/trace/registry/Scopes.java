package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.IstioEgressListener;
import io.fabric8.istio.api.api.networking.v1alpha3.OutboundTrafficPolicyMode;
import io.fabric8.istio.api.networking.v1.Sidecar;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Works out what each proxy knows, once for proxies that know the same. */
public final class Scopes {

  /** Services that are kept in scopes; a mesh where each proxy sees every host has many. */
  private static final long MOST_SERVICES = 500_000;

  private final ServiceRegistry registry;
  private final RouteRules rules;
  private final DestinationPolicies policies;
  private final IstioVersion version;
  private final MeshConfig mesh;
  private final ImportedServices imported;
  private final Map<String, List<Resource>> sidecars;
  private final Optional<Resource> meshWide;
  private final Recent<String, Scope> known =
      new Recent<>(MOST_SERVICES, scope -> 1 + scope.services().size());

  /**
   * Prepares the scopes of a mesh.
   *
   * @param resources the manifests
   * @param registry the services
   * @param rules the routes
   * @param mesh the mesh config
   * @param version the release whose choices hold
   */
  public Scopes(
      ResourceSet resources,
      ServiceRegistry registry,
      RouteRules rules,
      MeshConfig mesh,
      IstioVersion version) {
    this.registry = registry;
    this.rules = rules;
    this.mesh = mesh;
    this.policies = DestinationPolicies.of(resources, mesh, version);
    this.version = version;
    this.imported = new ImportedServices(registry, version);
    // Those for some pods go before the one for the whole namespace.
    this.sidecars =
        resources.of(ResourceKind.SIDECAR).stream()
            .sorted(
                Comparator.comparing((Resource r) -> selector(r) == null)
                    .thenComparing(Resource::object, Metadata.BY_AGE))
            .collect(Collectors.groupingBy(r -> Metadata.namespace(r.object())));
    this.meshWide = in(mesh.rootNamespace()).stream().filter(r -> selector(r) == null).findFirst();
  }

  private static @org.jspecify.annotations.Nullable Map<String, String> selector(Resource sidecar) {
    io.fabric8.istio.api.api.networking.v1alpha3.Sidecar spec =
        ((Sidecar) sidecar.object()).getSpec();
    return spec == null || spec.getWorkloadSelector() == null
        ? null
        : Objects.requireNonNullElse(spec.getWorkloadSelector().getLabels(), Map.of());
  }

  /** What the sidecar of a pod knows. */
  public Scope sidecar(String namespace, Map<String, String> labels) {
    Optional<Resource> sidecar =
        in(namespace).stream()
            .filter(r -> fits(selector(r), labels))
            .findFirst()
            .or(() -> meshWide);
    String key = "sidecar " + namespace + " " + sidecar.map(r -> r.key().toString()).orElse("");
    Scope scope = known.get(key, k -> sidecarScope(namespace, sidecar));
    return withLabels(scope, labels);
  }

  private static boolean fits(
      @org.jspecify.annotations.Nullable Map<String, String> selector, Map<String, String> labels) {
    return selector == null || labels.entrySet().containsAll(selector.entrySet());
  }

  private List<Resource> in(String namespace) {
    return sidecars.getOrDefault(namespace, List.of());
  }

  /** What a gateway's pod knows; no Sidecar limits it. */
  public Scope gateway(String namespace, Map<String, String> labels) {
    Scope scope = known.get("gateway " + namespace, k -> gatewayScope(namespace));
    return withLabels(scope, labels);
  }

  /**
   * What a gateway's pod knows where a sidecar of its namespace was served before it: istiod then
   * hands the gateway what it worked out for the sidecar, which prefers entries of the own
   * namespace. Which of the two comes first is chance, so an answer that depends on it is none.
   */
  public Scope gatewayAfterSidecar(String namespace, Map<String, String> labels) {
    boolean limited =
        meshWide.isPresent() || in(namespace).stream().anyMatch(r -> selector(r) == null);
    if (limited) {
      return gateway(namespace, labels);
    }
    Scope scope =
        known.get(
            "gateway after sidecar " + namespace,
            k -> {
              Scope sidecar = sidecarScope(namespace, Optional.empty());
              Scope gateway = gatewayScope(namespace);
              return new Scope(
                  namespace,
                  Map.of(),
                  true,
                  List.of(),
                  sidecar.services(),
                  gateway.policy(),
                  gateway.egressProxy(),
                  gateway.policyFrom(),
                  gateway.destinationPolicies(),
                  gateway.version());
            });
    return withLabels(scope, labels);
  }

  private static Scope withLabels(Scope scope, Map<String, String> labels) {
    return new Scope(
        scope.namespace(),
        Map.copyOf(labels),
        scope.gateway(),
        scope.listeners(),
        scope.services(),
        scope.policy(),
        scope.egressProxy(),
        scope.policyFrom(),
        scope.destinationPolicies(),
        scope.version());
  }

  private Scope gatewayScope(String namespace) {
    ImportedServices.Collected collected = imported.collect(namespace);
    registry.visibleTo(namespace).forEach(collected::add);
    return new Scope(
        namespace,
        Map.of(),
        true,
        List.of(),
        collected.services(),
        mesh.outboundTrafficPolicy(),
        Optional.empty(),
        Optional.empty(),
        policies,
        version);
  }

  private Scope sidecarScope(String namespace, Optional<Resource> sidecar) {
    io.fabric8.istio.api.api.networking.v1alpha3.Sidecar spec =
        sidecar
            .map(r -> ((Sidecar) r.object()).getSpec())
            .orElseGet(io.fabric8.istio.api.api.networking.v1alpha3.Sidecar::new);
    List<EgressListener> listeners = new ArrayList<>();
    if (spec.getEgress().isEmpty()) {
      listeners.add(listener(namespace, Optional.empty(), "", List.of("*/*")));
    }
    for (IstioEgressListener egress : spec.getEgress()) {
      Optional<ServicePort> port =
          Optional.ofNullable(egress.getPort())
              .map(
                  p ->
                      new ServicePort(
                          Metadata.number(p.getNumber()),
                          Protocol.parse(Objects.requireNonNullElse(p.getProtocol(), "")),
                          0,
                          List.of()));
      String bind = Objects.requireNonNullElse(egress.getBind(), "");
      listeners.add(listener(namespace, port, bind, egress.getHosts()));
    }
    Optional<io.fabric8.istio.api.api.networking.v1alpha3.OutboundTrafficPolicy> own =
        Optional.ofNullable(spec.getOutboundTrafficPolicy());
    return new Scope(
        namespace,
        Map.of(),
        false,
        List.copyOf(listeners),
        imported.collect(namespace).addAll(listeners).services(),
        own.map(Scopes::mode).orElse(mesh.outboundTrafficPolicy()),
        own.map(io.fabric8.istio.api.api.networking.v1alpha3.OutboundTrafficPolicy::getEgressProxy)
            .map(proxy -> resolved(proxy, namespace)),
        own.flatMap(o -> sidecar.map(r -> Decision.of(r, "spec.outboundTrafficPolicy"))),
        policies,
        version);
  }

  private static Destination resolved(Destination proxy, String namespace) {
    Destination resolved = new Destination();
    resolved.setHost(ResolvedNames.host(proxy.getHost(), namespace));
    resolved.setPort(proxy.getPort());
    resolved.setSubset(proxy.getSubset());
    return resolved;
  }

  private EgressListener listener(
      String namespace, Optional<ServicePort> port, String bind, List<String> hosts) {
    SidecarHosts said = new SidecarHosts(hosts, namespace);
    List<RouteRule> routes =
        rules.boundTo(RouteRule.MESH, namespace).stream().filter(said::importsRule).toList();
    return new EgressListener(port, bind, imported.select(namespace, said, port), routes);
  }

  /** A mode that is not said counts as the enumeration's first word, REGISTRY_ONLY. */
  private static OutboundTrafficPolicy mode(
      io.fabric8.istio.api.api.networking.v1alpha3.OutboundTrafficPolicy own) {
    return own.getMode() == OutboundTrafficPolicyMode.ALLOW_ANY
        ? OutboundTrafficPolicy.ALLOW_ANY
        : OutboundTrafficPolicy.REGISTRY_ONLY;
  }
}
