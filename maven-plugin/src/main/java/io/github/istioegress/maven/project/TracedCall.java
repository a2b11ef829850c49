package io.github.istioegress.maven.project;

import java.util.Map;

/**
 * A declared call and how it ends.
 *
 * @param line one line for the log
 * @param ok true where it takes the way its sentence says
 * @param to its URL, empty where the module's dsl does not tell it
 * @param from its caller as {@code istio-egress.from} takes it, empty likewise
 */
public record TracedCall(String line, boolean ok, String to, String from) {

  static TracedCall of(Map<?, ?> map) {
    return new TracedCall(
        Answer.text(map, "line"),
        Boolean.TRUE.equals(map.get("ok")),
        Answer.text(map, "to"),
        Answer.text(map, "from"));
  }
}
