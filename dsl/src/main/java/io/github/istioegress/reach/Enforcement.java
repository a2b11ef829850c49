package io.github.istioegress.reach;

import io.github.istioegress.resource.ResourceKey;
import java.util.List;

/**
 * What holds a caller to what the matrix says of it, and whether it holds a pod that goes around
 * its own proxy as well.
 *
 * @param layer the layer that holds it
 * @param resources the manifests that do, in order; empty where none is to be named
 * @param holds whether it holds a pod that goes around its proxy
 * @param escape what such a pod gets
 */
public record Enforcement(Layer layer, List<ResourceKey> resources, Holds holds, Escape escape) {

  /** Freezes the list. */
  public Enforcement {
    resources = List.copyOf(resources);
  }

  /** What can hold a call. */
  public enum Layer {
    /** The network of the cluster. */
    NETWORK_POLICY("NetworkPolicy"),
    /** A proxy that asks who calls. */
    AUTHORIZATION_POLICY("AuthorizationPolicy"),
    /** What a gateway has no way for. */
    GATEWAY("gateway"),
    /** What a waypoint has no way for. */
    WAYPOINT("waypoint"),
    /** What the node's ztunnel does with it. */
    ZTUNNEL("ztunnel"),
    /** What the pod's own sidecar does with it. */
    SIDECAR("sidecar"),
    /** Nothing: it leaves as it likes. */
    NONE("none"),
    /** The manifests do not tell. */
    UNDETERMINED("undetermined");

    private final String text;

    Layer(String text) {
      this.text = text;
    }

    /** As reports write it. */
    public String text() {
      return text;
    }
  }

  /** Whether a layer holds a pod that goes around its own proxy. */
  public enum Holds {
    /** It does. */
    YES("yes"),
    /** It does not. */
    NO("no"),
    /** The manifests do not tell. */
    UNDETERMINED("undetermined"),
    /** There is nothing to go around. */
    NOT_APPLICABLE("");

    private final String text;

    Holds(String text) {
      this.text = text;
    }

    /** As reports write it. */
    public String text() {
      return text;
    }
  }

  /**
   * What a pod gets that goes around its proxy, or calls a gateway by itself.
   *
   * @param way {@code direct}, {@code via-gateway} or {@code none}, as reports write it; empty
   *     where the manifests do not tell
   * @param gateway the gateway that lets it out, {@code namespace/name}; empty for none
   * @param resources the NetworkPolicies that stop it, or of which the manifests say too little
   * @param detail why; empty where it gets out
   */
  public record Escape(String way, String gateway, List<ResourceKey> resources, String detail) {

    /** Freezes the list. */
    public Escape {
      resources = List.copyOf(resources);
    }

    /** For pods that have no proxy to go around. */
    static final Escape NOTHING = new Escape("none", "", List.of(), "");
  }
}
