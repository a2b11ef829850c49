package io.github.istioegress.maven.project;

import java.util.List;
import java.util.Map;

/**
 * A definition of the module and what became of it.
 *
 * @param name its folder and name in reports
 * @param className its class
 * @param resources how many resources it yields
 * @param traced how many declared calls it has
 * @param calls the first of them, and those that do not take their way
 */
public record GeneratedDefinition(
    String name, String className, int resources, int traced, List<TracedCall> calls) {

  static GeneratedDefinition of(Map<?, ?> map) {
    return new GeneratedDefinition(
        Answer.text(map, "name"),
        Answer.text(map, "className"),
        map.get("resources") instanceof Integer count ? count : 0,
        map.get("traced") instanceof Integer count
            ? count
            : Math.toIntExact(Answer.maps(map, "calls").count()),
        Answer.maps(map, "calls").map(TracedCall::of).toList());
  }
}
