package io.github.istioegress.maven.report;

import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.maven.project.GeneratedDefinition;
import io.github.istioegress.maven.project.GeneratedDefinition.FleetTenant;
import io.github.istioegress.maven.project.Generation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which rings of a fleet a run changes, so that a change meant for a canary is seen to reach no one
 * else.
 *
 * @param generation what the definitions yield
 * @param plan what writing would do
 * @param removal what it would take out
 */
public record FleetChanges(Generation generation, OutputPlan plan, Removal removal) {

  /** A line a ring that changes, and one for all others; none where no fleet changes. */
  public List<String> lines() {
    if (plan.isUpToDate()) {
      return List.of();
    }
    Set<String> created = Set.copyOf(plan.created());
    Set<String> changed = new HashSet<>(plan.changed());
    changed.addAll(plan.edited());
    Stream<String> gone =
        removal.gone().isEmpty()
            ? Stream.empty()
            : Stream.of(
                "%s (%s)"
                    .formatted(
                        verb(removal.gone(), "namespace", "go"), Words.listed(removal.gone())));
    return Stream.concat(
            generation.definitions().stream()
                .filter(definition -> !definition.tenants().isEmpty())
                .flatMap(definition -> new Changes(definition, created, changed).lines().stream()),
            gone)
        .toList();
  }

  /** The changes of one fleet. */
  private final class Changes {
    private final GeneratedDefinition fleet;
    private final Set<String> created;
    private final Set<String> changed;
    private final Map<String, List<String>> own = new HashMap<>();
    private final List<String> common = new ArrayList<>();

    Changes(GeneratedDefinition fleet, Set<String> created, Set<String> changed) {
      this.fleet = fleet;
      this.created = created;
      this.changed = changed;
      Set<String> namespaces =
          new HashSet<>(fleet.tenants().stream().map(FleetTenant::namespace).toList());
      fleet.homes().keySet().stream()
          .sorted()
          .forEach(
              path -> {
                List<String> homes = fleet.homes().getOrDefault(path, List.of());
                if (homes.size() == 1 && namespaces.contains(homes.get(0))) {
                  own.computeIfAbsent(homes.get(0), home -> new ArrayList<>()).add(path);
                } else if (created.contains(path) || changed.contains(path)) {
                  common.add(path);
                }
              });
    }

    List<String> lines() {
      Map<String, Ring> rings = new TreeMap<>();
      int unchanged = 0;
      for (FleetTenant tenant : fleet.tenants()) {
        List<String> files = own.getOrDefault(tenant.namespace(), List.of());
        Ring ring = rings.computeIfAbsent(tenant.ring(), name -> new Ring());
        if (!files.isEmpty() && created.containsAll(files)) {
          ring.appear.add(tenant.name());
        } else if (removal.thinned().contains(tenant.namespace())
            || files.stream().anyMatch(one -> created.contains(one) || changed.contains(one))) {
          ring.change.add(tenant.name());
        } else {
          unchanged += files.isEmpty() ? 0 : 1;
        }
      }
      List<String> lines = new ArrayList<>();
      rings.forEach(
          (name, ring) -> {
            if (!ring.words().isEmpty()) {
              lines.add(said(name.isEmpty() ? "no ring" : "ring " + name, ring.words()));
            }
          });
      if (!common.isEmpty()) {
        lines.add(
            said(
                "no one tenant's",
                "%s (%s)".formatted(verb(common, "file", "change"), Words.listed(common))));
      }
      if (!lines.isEmpty() && unchanged > 0) {
        lines.add(said("all others", Words.counted(unchanged, "tenant") + " unchanged"));
      }
      return lines;
    }

    private String said(String who, String what) {
      return "%s, %s: %s".formatted(fleet.name(), who, what);
    }
  }

  /** The tenants of a ring that are not as they were. */
  private static final class Ring {
    private final List<String> appear = new ArrayList<>();
    private final List<String> change = new ArrayList<>();

    String words() {
      return Stream.of(words(change, "change"), words(appear, "appear"))
          .filter(words -> !words.isEmpty())
          .reduce((one, other) -> one + ", " + other)
          .orElse("");
    }

    private static String words(List<String> tenants, String verb) {
      return tenants.isEmpty()
          ? ""
          : "%s (%s)".formatted(verb(tenants, "tenant", verb), Words.listed(tenants));
    }
  }

  private static String verb(List<String> names, String noun, String verb) {
    return Words.counted(names.size(), noun)
        + " "
        + verb
        + (names.size() > 1 ? "" : verb.endsWith("o") ? "es" : "s");
  }
}
