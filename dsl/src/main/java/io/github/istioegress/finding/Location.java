package io.github.istioegress.finding;

import java.util.Objects;

/**
 * Where a finding stands.
 *
 * @param file the file as it was named when read
 * @param line the line, from 1; 0 for the file as a whole
 * @param column the column, from 1; 0 for the file as a whole
 */
public record Location(String file, int line, int column) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when line or column is negative
   */
  public Location {
    Objects.requireNonNull(file, "file");
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException(
          "Line %s and column %s of %s: lines and columns count from 1"
              .formatted(line, column, file));
    }
  }

  /** The file as a whole. */
  public static Location file(String file) {
    return new Location(file, 0, 0);
  }

  /** {@code file:line:column}, which editors open; the file alone where there is no line. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
