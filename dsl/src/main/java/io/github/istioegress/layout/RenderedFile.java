package io.github.istioegress.layout;

import java.util.Objects;

/**
 * A file to write.
 *
 * @param path where it goes below the output folder, with {@code /} between its parts
 * @param text its text
 */
public record RenderedFile(String path, String text) {

  /**
   * Checks the path.
   *
   * @throws IllegalArgumentException when the path is absolute, has {@code ..} in it, or cannot be
   *     stored on every system
   */
  public RenderedFile {
    Objects.requireNonNull(text, "text");
    PortablePath.refusal(path)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(
                  "The output file '%s' cannot be written: %s".formatted(path, why));
            });
  }
}
