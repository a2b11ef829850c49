package io.github.istioegress.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All files of one output.
 *
 * @param files the files, sorted by path
 */
public record RenderedFiles(List<RenderedFile> files) {

  /**
   * Sorts the files.
   *
   * @throws IllegalArgumentException when two paths are one, or would be where case does not count,
   *     or one is a folder of the other
   */
  public RenderedFiles {
    List<RenderedFile> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparing(RenderedFile::path));
    files = List.copyOf(sorted);
    List<String> paths = files.stream().map(RenderedFile::path).toList();
    PathClash.first(paths)
        .ifPresent(
            clash -> {
              throw new IllegalArgumentException(
                  "The output files '%s' and '%s' would be one: rename what they are named after"
                      .formatted(clash.one(), clash.other()));
            });
  }

  /** The text of the file at a path. */
  public Optional<String> text(String path) {
    return Optional.ofNullable(byPath().get(path));
  }

  /** Path to text, sorted by path, as {@link OutputFolder#plan} takes it. */
  public Map<String, String> byPath() {
    Map<String, String> byPath = new TreeMap<>();
    files.forEach(file -> byPath.put(file.path(), file.text()));
    return Collections.unmodifiableMap(byPath);
  }
}
