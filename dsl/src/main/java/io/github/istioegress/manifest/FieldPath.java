package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/** How fields and values are named in messages. */
final class FieldPath {

  private static final int LONGEST_VALUE = 80;

  private FieldPath() {}

  /** The path of a field in another. */
  static String field(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The path of an item of a list. */
  static String item(String path, int index) {
    return path + "[" + index + "]";
  }

  /** What a value looks like in a message. */
  static String shown(JsonNode value) {
    String kind =
        switch (value.getNodeType()) {
          case OBJECT -> "a mapping";
          case ARRAY -> "a list";
          case STRING -> "the string '%s'";
          case NUMBER -> "the number %s";
          case BOOLEAN -> "the boolean %s";
          default -> "nothing";
        };
    String text = value.asText();
    return kind.formatted(
        text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text);
  }
}
