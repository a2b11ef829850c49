package io.github.istioegress.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables for manifests, mistakes included, which no typed builder would let pass. */
final class Yaml {

  private Yaml() {}

  /** A table of keys and values in turn; a null value leaves its key out. */
  static Map<String, Object> table(@org.jspecify.annotations.Nullable Object... pairs) {
    Map<String, Object> table = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] != null) {
        table.put(String.valueOf(pairs[i]), pairs[i + 1]);
      }
    }
    return table;
  }

  static List<Object> list(Object... items) {
    return new ArrayList<>(List.of(items));
  }
}
