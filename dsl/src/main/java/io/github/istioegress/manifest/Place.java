package io.github.istioegress.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a field and all in it stand in a text.
 *
 * @param line the line, from 1
 * @param column the column, from 1
 * @param ambiguous the bare text of a value that readers of YAML take for different things; else
 *     empty
 * @param fields the fields inside by name
 * @param items the items inside
 */
record Place(int line, int column, String ambiguous, Map<String, Place> fields, List<Place> items) {

  /** A value without anything inside. */
  static Place leaf(int line, int column, String ambiguous) {
    return new Place(line, column, ambiguous, Map.of(), List.of());
  }

  /** The same seen from its key, which is where people look for a field. */
  Place at(int otherLine, int otherColumn) {
    return new Place(otherLine, otherColumn, ambiguous, fields, items);
  }

  /**
   * The place of a field, or of the nearest one around it that is there.
   *
   * @param path {@code spec.http[0].match[1].port}; a key may have dots of its own
   */
  Place nearest(String path) {
    Place here = this;
    String rest = path;
    while (!rest.isEmpty()) {
      int length = rest.startsWith("[") ? rest.indexOf(']') + 1 : here.keyLength(rest);
      Place inside = length <= 0 ? null : here.inside(rest.substring(0, length));
      if (inside == null) {
        return here;
      }
      here = inside;
      rest = rest.startsWith(".", length) ? rest.substring(length + 1) : rest.substring(length);
    }
    return here;
  }

  private @Nullable Place inside(String step) {
    if (!step.startsWith("[")) {
      return fields.get(step);
    }
    String digits = step.substring(1, step.length() - 1);
    boolean number =
        !digits.isEmpty() && digits.length() < 9 && digits.chars().allMatch(Character::isDigit);
    int index = number ? Integer.parseInt(digits) : items.size();
    return index < items.size() ? items.get(index) : null;
  }

  /** The shortest begin of the path that is a key here. */
  private int keyLength(String path) {
    for (int end = 1; end <= path.length(); end++) {
      boolean mayEnd = end == path.length() || path.charAt(end) == '.' || path.charAt(end) == '[';
      if (mayEnd && fields.containsKey(path.substring(0, end))) {
        return end;
      }
    }
    return 0;
  }
}
