package io.github.istioegress.trace.policy;

/**
 * Who a proxy knows to be at the other end of a connection.
 *
 * @param principal {@code TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT}; empty for nobody that it knows
 * @param missing what would have to be known to tell; empty where it is known
 */
public record Identity(String principal, String missing) {

  /** Nobody that the proxy knows. */
  public static final Identity NONE = new Identity("", "");

  /** A service account of a mesh. */
  public static Identity of(String trustDomain, String namespace, String serviceAccount) {
    return new Identity("%s/ns/%s/sa/%s".formatted(trustDomain, namespace, serviceAccount), "");
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
