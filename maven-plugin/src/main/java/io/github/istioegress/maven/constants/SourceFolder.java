package io.github.istioegress.maven.constants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The folder of generated Java files below {@code target}.
 *
 * @param root a source root
 */
public record SourceFolder(Path root) {

  /**
   * Makes the folder hold these files of ours and no others of ours. What is there already is not
   * touched, so that a compiler finds nothing newer than its classes.
   *
   * @return how many files were written or removed
   * @throws UncheckedIOException when the disk refuses
   */
  public int hold(SortedMap<String, String> files) {
    try {
      int changes = 0;
      Files.createDirectories(root);
      for (Path old : ours()) {
        if (!files.containsKey(root.relativize(old).toString().replace('\\', '/'))) {
          Files.delete(old);
          changes++;
        }
      }
      for (var file : files.entrySet()) {
        Path path = root.resolve(file.getKey());
        byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
        if (!Files.isRegularFile(path) || !Arrays.equals(Files.readAllBytes(path), bytes)) {
          Files.createDirectories(Objects.requireNonNullElse(path.getParent(), root));
          Files.write(path, bytes);
          changes++;
        }
      }
      return changes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the constants in " + root, e);
    }
  }

  private List<Path> ours() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).filter(SourceFolder::isOurs).toList();
    }
  }

  private static boolean isOurs(Path file) {
    if (!file.toString().endsWith(".java")) {
      return false;
    }
    try (var reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      return ConstantSources.MARK.equals(reader.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
