package io.github.istioegress.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;

/**
 * What makes a resource one of its kind.
 *
 * @param kind the kind as the manifest writes it
 * @param namespace the namespace; empty for what has none
 * @param name the name
 */
public record ResourceKey(String kind, String namespace, String name)
    implements Comparable<ResourceKey> {

  /** The key of a resource. */
  public static ResourceKey of(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return new ResourceKey(
        object.getKind(), namespace == null ? "" : namespace, object.getMetadata().getName());
  }

  @Override
  public int compareTo(ResourceKey other) {
    return Comparator.comparing(ResourceKey::namespace)
        .thenComparing(ResourceKey::kind)
        .thenComparing(ResourceKey::name)
        .compare(this, other);
  }

  /** {@code ServiceEntry akv2k8s-test/cnn}, or {@code Namespace akv2k8s-test}. */
  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
