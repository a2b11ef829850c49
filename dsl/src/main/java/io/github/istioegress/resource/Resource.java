package io.github.istioegress.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/** A resource and where it stands: which one it is is worked out once, and asked for often. */
public final class Resource {

  private final HasMetadata object;
  private final SourceMap source;
  private final ResourceKey key;
  private final ResourceKind kind;

  /**
   * A resource.
   *
   * @param object the resource by its type, with apiVersion, kind and metadata
   * @param source where its fields stand in the manifest it was read from
   */
  public Resource(HasMetadata object, SourceMap source) {
    this.object = object;
    this.source = Objects.requireNonNull(source, "source");
    this.key = ResourceKey.of(object);
    this.kind = ResourceKind.of(object.getApiVersion(), object.getKind());
  }

  /** A resource made in memory. */
  public static Resource of(HasMetadata object) {
    return new Resource(object, SourceMap.NONE);
  }

  /** The resource by its type. */
  public HasMetadata object() {
    return object;
  }

  /** Where its fields stand in the manifest it was read from. */
  public SourceMap source() {
    return source;
  }

  /** What identifies it. */
  public ResourceKey key() {
    return key;
  }

  /** Its kind, as far as we know it by type. */
  public ResourceKind kind() {
    return kind;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Resource that
        && object.equals(that.object)
        && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(object, source);
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
