package io.github.istioegress.fleet;

import io.github.istioegress.manifest.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds tenants files below a project's folder; the only place here that reads the disk. */
final class TenantFiles {

  private static final List<String> ENDS = List.of(".yaml", ".yml", ".json", ".csv");

  /** No file of tenants is as large as a parser takes; what is larger is something else. */
  private static final long LARGEST = 64L * 1024 * 1024;

  private TenantFiles() {}

  /**
   * Reads a file, or all files of a folder and the folders in it, by name.
   *
   * @param base the project's folder
   * @param path relative to it
   * @throws IllegalArgumentException when there is none, or it is no file of tenants
   * @throws UncheckedIOException when the disk refuses
   */
  static List<SourceFile> read(Path base, String path) {
    Path place = base.resolve(path);
    if (!Files.exists(place)) {
      throw new IllegalArgumentException(
          "%s is missing: put the tenants there, or name their file in tenants(...), seen from the module's folder"
              .formatted(path));
    }
    if (!Files.isDirectory(place)) {
      return List.of(file(base, place));
    }
    try (Stream<Path> inside = Files.walk(place)) {
      List<Path> found =
          inside
              .filter(one -> ENDS.stream().anyMatch(end -> one.toString().endsWith(end)))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "%s has no file of tenants: they end in %s".formatted(path, String.join(", ", ENDS)));
      }
      return found.stream().map(one -> file(base, one)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + path, e);
    }
  }

  private static SourceFile file(Path base, Path file) {
    String name = base.relativize(file).toString().replace('\\', '/');
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        throw refused(name);
      }
      try (InputStream bytes = Files.newInputStream(file)) {
        return new SourceFile(name, bounded(bytes, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }

  /** A file may grow while it is read. */
  static String bounded(InputStream bytes, String name) throws IOException {
    byte[] read = bytes.readNBytes(Math.toIntExact(LARGEST + 1));
    if (read.length > LARGEST) {
      throw refused(name);
    }
    return new String(read, StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException refused(String name) {
    return new IllegalArgumentException(
        "%s is no plain file, or larger than %s bytes: name a file of tenants"
            .formatted(name, LARGEST));
  }
}
