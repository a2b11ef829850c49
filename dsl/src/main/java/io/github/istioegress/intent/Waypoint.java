package io.github.istioegress.intent;

import io.github.istioegress.mesh.IstioVersion;
import java.util.Map;

/**
 * A waypoint: the way out for pods in ambient mode. istiod starts it for a Gateway of class {@code
 * istio-waypoint}; its namespace holds the hosts that leave through it.
 *
 * @param namespace its namespace, which is for egress alone
 * @param name the name of its Gateway
 */
public record Waypoint(String namespace, String name) implements EgressWay {

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException when one is no DNS label
   */
  public Waypoint {
    Names.checkLabel("namespace of waypoint " + name, namespace);
    Names.checkLabel("waypoint", name);
    if (name.equals("none")) {
      throw new IllegalArgumentException(
          "waypoint 'none': the label istio.io/use-waypoint takes this for no waypoint; name it otherwise");
    }
  }

  /** Begins a waypoint, by its namespace. */
  public static Placed in(String namespace) {
    return new Placed(namespace);
  }

  /**
   * A waypoint whose name is still to be said.
   *
   * @param namespace its namespace
   */
  public record Placed(String namespace) {
    /** Says the name of its Gateway. */
    public Named named(String name) {
      return new Named(namespace, name);
    }
  }

  /**
   * A waypoint whose mesh is still to be said.
   *
   * @param namespace its namespace
   * @param name its name
   */
  public record Named(String namespace, String name) {
    /**
     * Says the mesh it is part of.
     *
     * @param mesh {@code mesh.ambient()} of Istio 1.25 or newer, which gives hosts the addresses by
     *     which ztunnel knows them; another does not compile
     */
    public Waypoint on(AmbientMesh<? extends IstioVersion.Since1_25> mesh) {
      return new Waypoint(namespace, name);
    }
  }

  /** From the ztunnel of the caller's node to the waypoint, and from there to the host. */
  @Override
  public EgressPath path() {
    return new EgressPath.ThroughWaypoint(this);
  }

  /** The label by which istiod marks its pods. */
  public Map<String, String> podLabels() {
    return Map.of("gateway.networking.k8s.io/gateway-name", name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
