package io.github.istioegress.resource;

import java.util.Optional;

/** Tells where in a manifest a field of a resource stands. */
@FunctionalInterface
public interface SourceMap {

  /** The map of a resource that was read from no manifest. */
  SourceMap NONE = path -> Optional.empty();

  /**
   * The place of a field.
   *
   * @param path the field, {@code spec.http[0].match[1].port}; empty for the document itself
   * @return its place, or that of the nearest field around it; empty where there is no manifest
   */
  Optional<SourcePlace> place(String path);
}
