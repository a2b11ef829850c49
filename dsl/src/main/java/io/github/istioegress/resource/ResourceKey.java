package io.github.istioegress.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;

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
    // Compared by hand: sets of thousands are ordered by it.
    int order = namespace.compareTo(other.namespace);
    order = order != 0 ? order : kind.compareTo(other.kind);
    order = order != 0 ? order : name.compareTo(other.name);
    return order != 0 ? order : group.compareTo(other.group);
  }

  /** {@code ServiceEntry akv2k8s-test/cnn}, or {@code Namespace akv2k8s-test}. */
  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
