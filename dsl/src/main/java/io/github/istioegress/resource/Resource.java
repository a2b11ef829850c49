package io.github.istioegress.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/**
 * A resource and where it stands.
 *
 * @param object the resource by its type
 * @param source where its fields stand in the manifest it was read from
 */
public record Resource(HasMetadata object, SourceMap source) {

  /** Refuses nulls. */
  public Resource {
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(source, "source");
  }

  /** A resource made in memory. */
  public static Resource of(HasMetadata object) {
    return new Resource(object, SourceMap.NONE);
  }

  /** What identifies it. */
  public ResourceKey key() {
    return ResourceKey.of(object);
  }

  /** Its kind, as far as we know it by type. */
  public ResourceKind kind() {
    return ResourceKind.of(object.getApiVersion(), object.getKind());
  }
}
