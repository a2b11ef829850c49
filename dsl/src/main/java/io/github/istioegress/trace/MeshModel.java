package io.github.istioegress.trace;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.ambient.AmbientIndex;
import io.github.istioegress.trace.envoy.GatewayProxy;
import io.github.istioegress.trace.network.NetworkPolicies;
import io.github.istioegress.trace.policy.PodPolicies;
import io.github.istioegress.trace.registry.GatewayWorkload;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.ServiceRegistry;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Istio would know of a set of manifests, for those who ask more than what becomes of a call.
 * It is the tracer's own model: who sees what, and what is merged, is worked out in one place.
 */
public final class MeshModel {

  private final Mesh mesh;
  private final MeshConfig config;
  private final IstioVersion version;
  private final Tracer tracer;
  private final Map<ResourceKey, List<Workload>> podsByGateway = new HashMap<>();

  private MeshModel(Mesh mesh, MeshConfig config, IstioVersion version) {
    this.mesh = mesh;
    this.config = config;
    this.version = version;
    this.tracer = new Tracer(mesh);
    for (Workload pod : mesh.registry().workloads()) {
      for (Resource gateway : mesh.gatewaysOf(pod)) {
        podsByGateway.computeIfAbsent(gateway.key(), key -> new ArrayList<>()).add(pod);
      }
    }
  }

  /**
   * Indexes manifests once.
   *
   * @param resources the manifests
   * @param gateways gateways whose pods and Service are not among them
   * @param config the mesh config
   * @param version the Istio release whose choices hold
   */
  public static MeshModel of(
      ResourceSet resources,
      List<GatewayWorkload> gateways,
      MeshConfig config,
      IstioVersion version) {
    return new MeshModel(new Mesh(resources, gateways, config, version), config, version);
  }

  /** The tracer of the same manifests. */
  public Tracer tracer() {
    return tracer;
  }

  /** The mesh config. */
  public MeshConfig config() {
    return config;
  }

  /** The release whose choices hold. */
  public IstioVersion version() {
    return version;
  }

  /** The manifests, and the resources that istiod makes of those of the Gateway API. */
  public ResourceSet resources() {
    return mesh.resources();
  }

  /** All services and pods. */
  public ServiceRegistry registry() {
    return mesh.registry();
  }

  /** All VirtualServices that are no delegates, the oldest first, with names resolved. */
  public List<RouteRule> routeRules() {
    return mesh.rules().all();
  }

  /**
   * The routes bound to a gateway that proxies of a namespace see, in Istio's order.
   *
   * @param gateway {@code namespace/name}, or {@code mesh}
   */
  public List<RouteRule> routeRules(String gateway, String proxyNamespace) {
    return mesh.rules().boundTo(gateway, proxyNamespace);
  }

  /** What the sidecar of a pod knows. */
  public Scope sidecar(Caller pod) {
    return mesh.sidecar(pod).scope();
  }

  /** The gateway that a pod is; empty where it is an ordinary workload. */
  public Optional<GatewayProxy> gateway(Workload pod) {
    return mesh.gateway(pod);
  }

  /** The pods in which a Gateway resource opens its servers. */
  public List<Workload> podsOf(ResourceKey gateway) {
    return List.copyOf(podsByGateway.getOrDefault(gateway, List.of()));
  }

  /** The Gateway resources that open servers in a pod, the oldest first. */
  public List<Resource> gatewaysOf(Workload pod) {
    return mesh.gatewaysOf(pod);
  }

  /** The AuthorizationPolicies that a pod's proxy asks. */
  public PodPolicies policies(String namespace, Map<String, String> labels) {
    return mesh.policies(namespace, labels);
  }

  /** The NetworkPolicies. */
  public NetworkPolicies network() {
    return mesh.network();
  }

  /** What ztunnel knows. */
  public AmbientIndex ambient() {
    return mesh.ambient();
  }
}
