package io.github.istioegress.trace.registry;

/** Short names in routes and rules, resolved the way Istio resolves them. */
public final class ResolvedNames {

  private static final String CLUSTER_DOMAIN = ".svc.cluster.local";

  private ResolvedNames() {}

  /** A host without a dot is a Service of the resource's own namespace. */
  public static String host(String host, String namespace) {
    if (host.isEmpty() || host.contains(".") || host.contains(":") || host.equals("*")) {
      return host;
    }
    return host + "." + namespace + CLUSTER_DOMAIN;
  }

  /** A gateway as {@code namespace/name}; {@code mesh} stays. */
  public static String gateway(String gateway, String namespace) {
    if (gateway.equals("mesh")) {
      return gateway;
    }
    if (gateway.contains("/")) {
      return gateway.startsWith("./") ? namespace + gateway.substring(1) : gateway;
    }
    if (!gateway.contains(".")) {
      return namespace + "/" + gateway;
    }
    String[] parts = gateway.split("\\.", -1);
    return parts[1] + "/" + parts[0];
  }
}
