package io.github.istioegress.manifest;

import java.util.Objects;

/**
 * A file to read, already in memory: this package touches no disk.
 *
 * @param name the name by which findings refer to it
 * @param text its text, decoded as UTF-8
 */
public record SourceFile(String name, String text) {

  /** Refuses nulls. */
  public SourceFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }
}
