package io.github.istioegress.trace.registry;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.SourcePlace;
import java.util.Optional;

/**
 * The part of a resource that decided a hop.
 *
 * @param resource what identifies the resource
 * @param path the field, {@code spec.http[0]}
 * @param place where it stands, if it was read from a manifest
 * @param told true where no manifest has the resource: a gateway's Service told beside them
 */
public record Decision(
    ResourceKey resource, String path, Optional<SourcePlace> place, boolean told) {

  /** The decision of a field; of one that istiod made, that of the field it made it from. */
  public static Decision of(Resource resource, String path) {
    if (resource.source() instanceof Derived derived) {
      return derived.origin(path);
    }
    return new Decision(
        resource.key(), path, resource.source().place(path), KubernetesServices.isTold(resource));
  }

  /** {@code VirtualService ns/name spec.http[0]}. */
  @Override
  public String toString() {
    return resource + " " + path;
  }
}
