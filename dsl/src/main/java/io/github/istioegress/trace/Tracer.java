package io.github.istioegress.trace;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.GatewayWorkload;
import io.github.istioegress.trace.registry.Workload;
import java.util.List;
import java.util.Optional;

/**
 * Follows calls through the configuration that Istio would make of a set of manifests. It knows
 * only what the mesh would know: no intent, no cluster, no network.
 */
public final class Tracer {

  private final Mesh mesh;

  Tracer(Mesh mesh) {
    this.mesh = mesh;
  }

  /**
   * Indexes manifests once for any number of calls.
   *
   * @param resources the manifests
   * @param gateways gateways whose pods and Service are not among them
   * @param config the mesh config
   * @param version the Istio release whose choices hold
   */
  public static Tracer of(
      ResourceSet resources,
      List<GatewayWorkload> gateways,
      MeshConfig config,
      IstioVersion version) {
    return new Tracer(new Mesh(resources, gateways, config, version));
  }

  /** Resources of the Gateway API that play no part in the answers, though they may in a mesh. */
  public List<ResourceKey> unread() {
    return mesh.unread();
  }

  /** Says what happens to a call. */
  public Trace trace(Call call) {
    return trace(call, Around.ofNode(call.from()));
  }

  /** Says what happens to a call that goes around the sidecar, or the ztunnel, of its pod. */
  public Trace trace(Call call, Around around) {
    return trace(call, Optional.of(around));
  }

  private Trace trace(Call call, Optional<Around> around) {
    Walk walk = new Walk(mesh, call, around);
    return new Trace(call, walk.lookup(), walk.bypass(), walk.branches());
  }

  /** True where ztunnel takes the calls of a pod, and no sidecar. */
  public boolean isAmbient(Caller pod) {
    return mesh.ambient().takes(pod.namespace(), pod.labels());
  }

  /** True for a pod that is a gateway, and no ordinary workload. */
  public boolean isGateway(Workload pod) {
    return mesh.gateway(pod).isPresent();
  }

  /** The ports of all Services in front of gateways, in order. */
  public List<GatewayPort> gatewayPorts() {
    return mesh.gatewayPorts();
  }
}
