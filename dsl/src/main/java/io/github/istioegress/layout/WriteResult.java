package io.github.istioegress.layout;

import java.util.List;

/**
 * What writing has done.
 *
 * @param written the paths of files that are new or changed
 * @param removed the paths of files that are gone
 * @param unchanged how many files were right already and were not touched
 */
public record WriteResult(List<String> written, List<String> removed, int unchanged) {

  /** Copies the lists. */
  public WriteResult {
    written = List.copyOf(written);
    removed = List.copyOf(removed);
  }

  /** {@code 2 written, 1 removed, 3 unchanged}, for the log. */
  @Override
  public String toString() {
    return "%s written, %s removed, %s unchanged"
        .formatted(written.size(), removed.size(), unchanged);
  }
}
