package io.github.istioegress.trace;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;

/**
 * Follows calls through the configuration that Istio would make of a set of manifests. It knows
 * only what the mesh would know: no intent, no cluster, no network.
 */
public final class Tracer {

  private final Mesh mesh;

  private Tracer(Mesh mesh) {
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
    Walk walk = new Walk(mesh, call);
    return new Trace(call, walk.lookup(), walk.bypass(), walk.branches());
  }
}
