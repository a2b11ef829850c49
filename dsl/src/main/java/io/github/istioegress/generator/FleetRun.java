package io.github.istioegress.generator;

import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.FleetDefinition;
import io.github.istioegress.fleet.Shard;
import io.github.istioegress.fleet.Tenant;
import io.github.istioegress.fleet.TenantSelection;
import io.github.istioegress.fleet.Tenants;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.PartedPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where a run finds tenants, and on which of them it works. */
final class FleetRun {

  private final Path base;
  private final TenantSelection selection;
  private final List<String> seen = new ArrayList<>();
  private final SortedSet<String> inputs = new TreeSet<>();
  private final Map<String, List<Map<String, String>>> tables = new HashMap<>();

  private FleetRun(Path base, TenantSelection selection) {
    this.base = base;
    this.selection = selection;
  }

  /**
   * Reads what a request says of tenants.
   *
   * @throws IllegalArgumentException when the shard is none
   */
  static FleetRun of(Map<String, Object> request) {
    List<String> globs =
        ((List<?>) request.getOrDefault("tenants", List.of()))
            .stream().map(String::valueOf).toList();
    return new FleetRun(
        Path.of(String.valueOf(request.getOrDefault("baseDirectory", ""))),
        new TenantSelection(globs, Shard.parse(String.valueOf(request.getOrDefault("shard", "")))));
  }

  /** Generates a definition as far as this run works on it, and counts its resources. */
  int generate(
      EgressGenerator generator,
      String name,
      DefinitionLoader loader,
      EgressDefinition definition,
      Yield yield) {
    if (!(definition instanceof FleetDefinition fleetDefinition)) {
      EgressPlan plan = loader.plan(definition);
      return generator.generate(name, PartedPlan.of(plan), share(Set.of(), Set.of()), yield);
    }
    Fleet fleet = loader.ask(definition, "fleet()", fleetDefinition::fleet);
    fleet.paths().forEach(path -> inputs.add(base.resolve(path).normalize().toString()));
    Tenants tenants = loader.ask(definition, "fleet()", () -> fleet.tenants(base));
    PartedPlan plan = loader.ask(definition, "fleet()", () -> fleet.parts(tenants));
    tenants.all().forEach(tenant -> seen.add(tenant.name()));
    tables.put(name, loader.ask(definition, "fleet()", () -> FleetTables.tenants(fleet, tenants)));
    Share share =
        selection.isAll()
            ? Share.ALL
            : share(
                namespaces(tenants.all()),
                namespaces(tenants.all().stream().filter(selection::has).toList()));
    return generator.generate(name, plan, share, yield);
  }

  /** The files and folders that tenants were read from. */
  List<String> inputs() {
    return List.copyOf(inputs);
  }

  private Share share(Set<String> owned, Set<String> worked) {
    // Files of no tenant come with every namespace that is no tenant's, whoever works on them.
    return selection.isAll()
        ? Share.ALL
        : new Share(
            name -> worked.contains(name) || (!owned.contains(name) && selection.hasFile(name)),
            owned::contains,
            selection::hasFile,
            !owned.isEmpty() && !selection.globs().isEmpty());
  }

  private static Set<String> namespaces(List<Tenant> tenants) {
    return tenants.stream().map(Tenant::namespace).collect(Collectors.toSet());
  }

  /** The tenants of a definition that was generated; none where it is no fleet. */
  List<Map<String, String>> tenants(String name) {
    return tables.getOrDefault(name, List.of());
  }

  /**
   * Stops where a run was asked for a tenant that nobody has.
   *
   * @throws IllegalArgumentException when there is one
   */
  void orRefuseUnknown() {
    List<String> unknown = selection.without(seen);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no tenant is named %s: check istio-egress.tenants against the tenants files"
              .formatted(String.join(", ", unknown)));
    }
  }
}
