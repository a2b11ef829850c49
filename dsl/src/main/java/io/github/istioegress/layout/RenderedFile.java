package io.github.istioegress.layout;

import java.util.Objects;
import java.util.Set;

/**
 * A file to write.
 *
 * @param path where it goes below the output folder, with {@code /} between its parts
 * @param text its text
 * @param role what it is to a cluster
 * @param homes the namespaces that it is of; none for what is of the whole output
 */
public record RenderedFile(String path, String text, Role role, Set<String> homes) {

  /** What a file is to a cluster. */
  public enum Role {
    /** It holds resources. */
    MANIFEST,
    /** It holds none: some tool reads it that delivers or installs. */
    BESIDE
  }

  /**
   * Checks the path.
   *
   * @throws IllegalArgumentException when the path is absolute, has {@code ..} in it, or cannot be
   *     stored on every system
   */
  public RenderedFile {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(role, "role");
    homes = Set.copyOf(homes);
    PortablePath.refusal(path)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(
                  "The output file '%s' cannot be written: %s".formatted(path, why));
            });
  }

  /** A file of resources of some namespaces. */
  public static RenderedFile manifest(String path, String text, Set<String> homes) {
    return new RenderedFile(path, text, Role.MANIFEST, homes);
  }

  /** A file without resources that is of the whole output. */
  public static RenderedFile beside(String path, String text) {
    return new RenderedFile(path, text, Role.BESIDE, Set.of());
  }

  /** A file without resources that is of some namespaces. */
  static RenderedFile beside(String path, String text, Set<String> homes) {
    return new RenderedFile(path, text, Role.BESIDE, homes);
  }

  /** True where a cluster gets what is in it. */
  public boolean isManifest() {
    return role == Role.MANIFEST;
  }

  /** The same in a folder. */
  public RenderedFile in(String folder) {
    return new RenderedFile(folder + "/" + path, text, role, homes);
  }
}
