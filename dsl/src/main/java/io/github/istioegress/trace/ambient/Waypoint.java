package io.github.istioegress.trace.ambient;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.Metadata;
import java.util.Map;

/**
 * A waypoint: a Gateway of class {@code istio-waypoint}, for which istiod starts pods and a Service
 * of its name.
 *
 * @param gateway the Gateway
 */
public record Waypoint(Resource gateway) {

  /** The class of its Gateway. */
  public static final String CLASS = "istio-waypoint";

  /** Its namespace. */
  public String namespace() {
    return Metadata.namespace(gateway.object());
  }

  /** Its name. */
  public String name() {
    return gateway.object().getMetadata().getName();
  }

  /** The labels that istiod gives to its pods. */
  public Map<String, String> podLabels() {
    return Map.of(
        "gateway.networking.k8s.io/gateway-name",
        name(),
        "gateway.networking.k8s.io/gateway-class-name",
        CLASS,
        "gateway.istio.io/managed",
        "istio.io-mesh-controller");
  }

  /** {@code namespace/name}. */
  @Override
  public String toString() {
    return Metadata.namespacedName(gateway.object());
  }
}
