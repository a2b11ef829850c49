package io.github.istioegress.maven.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a goal was asked to write.
 *
 * @param file where it goes; missing folders are made
 */
public record ReportFile(Path file) {

  /** Writes it as UTF-8, in place of what was there. */
  public void write(String text) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write %s: %s".formatted(file, e), e);
    }
  }
}
