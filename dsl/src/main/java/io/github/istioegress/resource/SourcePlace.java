package io.github.istioegress.resource;

/**
 * A place in a manifest.
 *
 * @param file the file as it was named when read
 * @param line the line, from 1
 * @param column the column, from 1
 */
public record SourcePlace(String file, int line, int column) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
