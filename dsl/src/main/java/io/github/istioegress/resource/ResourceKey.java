package io.github.istioegress.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;

/**
 * What makes a resource one of its kind. The version of its API is no part of it: a resource may be
 * written in one version and read in another. The group is, for Istio and the Gateway API both have
 * a kind Gateway.
 *
 * @param group the API group, {@code networking.istio.io}; empty for Kubernetes' core kinds
 * @param kind the kind as the manifest writes it
 * @param namespace the namespace; empty for what has none
 * @param name the name
 */
public record ResourceKey(String group, String kind, String namespace, String name)
    implements Comparable<ResourceKey> {

  private static final Comparator<ResourceKey> ORDER =
      Comparator.comparing(ResourceKey::namespace)
          .thenComparing(ResourceKey::kind)
          .thenComparing(ResourceKey::name)
          .thenComparing(ResourceKey::group);

  /** The key of a resource. */
  public static ResourceKey of(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return new ResourceKey(
        group(object.getApiVersion()),
        object.getKind(),
        namespace == null ? "" : namespace,
        object.getMetadata().getName());
  }

  /** The group in an {@code apiVersion}: what stands before the slash. */
  static String group(String apiVersion) {
    return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
  }

  @Override
  public int compareTo(ResourceKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code ServiceEntry akv2k8s-test/cnn}, or {@code Namespace akv2k8s-test}. */
  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
