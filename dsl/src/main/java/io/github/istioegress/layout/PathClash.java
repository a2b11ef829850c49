package io.github.istioegress.layout;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Two paths that cannot both be files everywhere.
 *
 * @param one the one
 * @param other the other, equal but for case, or a folder of the first
 */
record PathClash(String one, String other) {

  /** The first clash among paths. */
  static Optional<PathClash> first(Collection<String> paths) {
    Map<String, String> folded = new HashMap<>();
    for (String path : paths) {
      String there = folded.put(PortablePath.folded(path), path);
      if (there != null) {
        return Optional.of(new PathClash(there, path));
      }
    }
    for (String path : paths) {
      for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
        String folder = folded.get(PortablePath.folded(path.substring(0, i)));
        if (folder != null) {
          return Optional.of(new PathClash(path, folder));
        }
      }
    }
    return Optional.empty();
  }
}
