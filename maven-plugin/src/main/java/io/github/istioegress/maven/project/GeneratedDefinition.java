package io.github.istioegress.maven.project;

import java.util.HashMap;
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
 * @param findings what of it will not do as intended
 * @param tenants its tenants, where it is a fleet
 * @param homes the namespaces that a file is of, by its path
 */
public record GeneratedDefinition(
    String name,
    String className,
    int resources,
    int traced,
    List<TracedCall> calls,
    List<Told> findings,
    List<FleetTenant> tenants,
    Map<String, List<String>> homes) {

  /**
   * Something that will not do as intended.
   *
   * @param severity {@code ERROR}, {@code WARNING} or {@code INFO}
   * @param line all of it, for people
   */
  public record Told(String severity, String line) {
    static Told of(Map<?, ?> map) {
      return new Told(Answer.text(map, "severity"), Answer.text(map, "line"));
    }
  }

  /**
   * A tenant of a fleet.
   *
   * @param name its name
   * @param namespace its namespace
   * @param ring the ring it is in, empty for none
   */
  public record FleetTenant(String name, String namespace, String ring) {
    static FleetTenant of(Map<?, ?> map) {
      return new FleetTenant(
          Answer.text(map, "name"), Answer.text(map, "namespace"), Answer.text(map, "ring"));
    }
  }

  /** Freezes the lists. */
  public GeneratedDefinition {
    calls = List.copyOf(calls);
    findings = List.copyOf(findings);
    tenants = List.copyOf(tenants);
    homes = Map.copyOf(homes);
  }

  static GeneratedDefinition of(Map<?, ?> map) {
    return new GeneratedDefinition(
        Answer.text(map, "name"),
        Answer.text(map, "className"),
        map.get("resources") instanceof Integer count ? count : 0,
        map.get("traced") instanceof Integer count
            ? count
            : Math.toIntExact(Answer.maps(map, "calls").count()),
        Answer.maps(map, "calls").map(TracedCall::of).toList(),
        Answer.maps(map, "findings").map(Told::of).toList(),
        Answer.maps(map, "tenants").map(FleetTenant::of).toList(),
        homes(map));
  }

  private static Map<String, List<String>> homes(Map<?, ?> map) {
    Map<String, List<String>> homes = new HashMap<>();
    if (map.get("homes") instanceof Map<?, ?> said) {
      said.keySet().stream()
          .map(String::valueOf)
          .forEach(path -> homes.put(path, Answer.texts(said, path).toList()));
    }
    return homes;
  }
}
