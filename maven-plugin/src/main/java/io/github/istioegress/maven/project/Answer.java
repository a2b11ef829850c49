package io.github.istioegress.maven.project;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the untyped answer of a generator whose version we do not choose: what is absent is empty.
 */
final class Answer {

  private Answer() {}

  static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  static Stream<String> texts(Map<?, ?> map, String key) {
    return list(map, key).filter(String.class::isInstance).map(String.class::cast);
  }

  static Stream<Map<?, ?>> maps(Map<?, ?> map, String key) {
    return list(map, key).filter(Map.class::isInstance).map(item -> (Map<?, ?>) item);
  }

  private static Stream<?> list(Map<?, ?> map, String key) {
    return map.get(key) instanceof List<?> list ? list.stream() : Stream.empty();
  }
}
