package io.github.istioegress.maven.source;

import io.github.istioegress.maven.project.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * A folder of Java that people write. Files get there all together or not at all, and none takes
 * the place of another unasked.
 *
 * @param root the source root
 */
public record SourceTree(Path root) {

  private static final String NEW = ".istio-egress-new";
  private static final String OLD = ".istio-egress-old";

  /** What takes a step back. */
  @FunctionalInterface
  private interface Undo {
    void run() throws IOException;
  }

  /** Refuses null. */
  public SourceTree {
    Objects.requireNonNull(root, "root");
  }

  /**
   * Writes the files; those that are there already with the same text are left alone.
   *
   * @param overwrite true where other files of their names may be replaced
   * @return the files that were written, in order
   * @throws RefusedException when another file of a name is there
   * @throws UncheckedIOException when the disk refuses; then all is as it was
   */
  public List<Path> write(List<WrittenClass> classes, boolean overwrite) {
    try {
      List<WrittenClass> changed = new ArrayList<>();
      List<Path> others = new ArrayList<>();
      for (WrittenClass one : classes) {
        Path file = root.resolve(one.path());
        boolean there = Files.exists(file);
        if (!there || !Arrays.equals(Files.readAllBytes(file), bytes(one))) {
          changed.add(one);
          if (there) {
            others.add(file);
          }
        }
      }
      if (!others.isEmpty() && !overwrite) {
        throw new RefusedException(
            "nothing was written, for these are there with another text: %s; move them, say another -Distio-egress.packageName=, or -Distio-egress.overwrite=true"
                .formatted(others));
      }
      return replace(changed);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write Java to %s: %s".formatted(root, e), e);
    }
  }

  private static byte[] bytes(WrittenClass one) {
    return one.text().getBytes(StandardCharsets.UTF_8);
  }

  private List<Path> replace(List<WrittenClass> classes) throws IOException {
    Deque<Undo> back = new ArrayDeque<>();
    List<Path> written = new ArrayList<>();
    List<Path> old = new ArrayList<>();
    try {
      for (WrittenClass one : classes) {
        Path file = root.resolve(one.path());
        Files.createDirectories(Objects.requireNonNullElse(file.getParent(), root));
        Path made = beside(file, NEW);
        back.push(() -> Files.deleteIfExists(made));
        Files.write(made, bytes(one));
      }
      for (WrittenClass one : classes) {
        Path file = root.resolve(one.path());
        if (Files.exists(file)) {
          Path kept = beside(file, OLD);
          Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
          old.add(kept);
          back.push(() -> Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING));
        }
        Files.move(beside(file, NEW), file, StandardCopyOption.ATOMIC_MOVE);
        back.push(() -> Files.deleteIfExists(file));
        written.add(file);
      }
    } catch (IOException e) {
      while (!back.isEmpty()) {
        try {
          back.pop().run();
        } catch (IOException more) {
          e.addSuppressed(more);
        }
      }
      throw e;
    }
    for (Path kept : old) {
      Files.deleteIfExists(kept);
    }
    return written;
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
