package io.github.istioegress.trace.policy;

/**
 * Who a proxy knows to be at the other end of a connection.
 *
 * @param principal {@code cluster.local/ns/NAMESPACE/sa/ACCOUNT}; empty for nobody that it knows
 * @param missing what would have to be known to tell; empty where it is known
 */
public record Identity(String principal, String missing) {

  /** Nobody that the proxy knows. */
  public static final Identity NONE = new Identity("", "");

  /** The trust domain of a mesh that does not say its own; policies may always call it so. */
  static final String TRUST_DOMAIN = "cluster.local";

  /** A service account of the mesh. */
  public static Identity of(String namespace, String serviceAccount) {
    return new Identity("%s/ns/%s/sa/%s".formatted(TRUST_DOMAIN, namespace, serviceAccount), "");
  }

  /** Somebody whom the manifests do not name. */
  public static Identity unknown(String missing) {
    return new Identity("", missing);
  }

  /** True where the proxy knows nobody, for certain. */
  boolean isNobody() {
    return principal.isEmpty() && missing.isEmpty();
  }
}
