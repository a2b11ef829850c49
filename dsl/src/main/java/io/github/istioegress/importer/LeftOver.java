package io.github.istioegress.importer;

import io.github.istioegress.resource.ResourceKey;
import java.util.Objects;

/**
 * A document for which nothing is claimed.
 *
 * @param resource which one
 * @param place where it stands, {@code manifests/shop.yaml:12}
 * @param reason why no sentence is it
 */
public record LeftOver(ResourceKey resource, String place, String reason) {

  /** Refuses nulls. */
  public LeftOver {
    Objects.requireNonNull(resource, "resource");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return place + ": " + resource + ": " + reason;
  }
}
