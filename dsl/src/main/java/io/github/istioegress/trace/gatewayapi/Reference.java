package io.github.istioegress.trace.gatewayapi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a resource of the Gateway API refers to.
 *
 * @param group the API group; empty for Kubernetes' core kinds
 * @param kind the kind
 * @param namespace the namespace
 * @param name the name
 */
record Reference(String group, String kind, String namespace, String name) {

  static final String GATEWAY_API = "gateway.networking.k8s.io";
  static final String ISTIO = "networking.istio.io";

  /** A parent; a Gateway of the own namespace unless something else is said. */
  static Reference parent(
      @Nullable String group,
      @Nullable String kind,
      @Nullable String namespace,
      String name,
      String home) {
    return new Reference(
        Objects.requireNonNullElse(group, GATEWAY_API),
        Objects.requireNonNullElse(kind, "Gateway"),
        Objects.requireNonNullElse(namespace, home),
        name);
  }

  boolean isGateway() {
    return group.equals(GATEWAY_API) && kind.equals("Gateway");
  }

  boolean isService() {
    return group.isEmpty() && kind.equals("Service");
  }

  boolean isServiceEntry() {
    return group.equals(ISTIO) && kind.equals("ServiceEntry");
  }

  /** The fully qualified name of the Service that it names. */
  String serviceHost() {
    return name + "." + namespace + ".svc.cluster.local";
  }
}
