package io.github.istioegress.fleet;

import io.github.istioegress.manifest.SourceFile;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The tenants of a fleet, each with a name and a namespace of its own.
 *
 * @param all the tenants, ordered by name
 */
public record Tenants(List<Tenant> all) {

  /**
   * Orders them.
   *
   * @throws IllegalArgumentException when two share a name or a namespace, naming both lines
   */
  public Tenants {
    all = all.stream().sorted(Comparator.comparing(Tenant::name)).toList();
    distinct(all, "name", Tenant::name);
    distinct(all, "namespace", Tenant::namespace);
  }

  /** Tenants said in Java. */
  public static Tenants of(Tenant... tenants) {
    return new Tenants(List.of(tenants));
  }

  /**
   * Reads tenants from the text of files: YAML, JSON, or a table by the end {@code .csv}.
   *
   * <p>What is said of a tenant lies in layers, and of two the upper one holds: {@code defaults} of
   * the files, their {@code profiles} in the order given here, the tenant itself, its own {@code
   * profiles}. Labels and values are laid over each other name by name, destinations by host and
   * port; all else as a whole.
   *
   * @param files the files of the fleet; one of them may have {@code defaults} and {@code profiles}
   * @param profiles the profiles that hold, each over those before it
   * @throws IllegalArgumentException when a file is not of the documented form, naming file and
   *     line, field, value and remedy
   */
  public static Tenants read(List<SourceFile> files, String... profiles) {
    return new Tenants(TenantReader.read(files, List.of(profiles)));
  }

  private static void distinct(
      List<Tenant> tenants, String what, Function<Tenant, String> property) {
    Map<String, Tenant> owners = new HashMap<>();
    for (Tenant tenant : tenants) {
      Tenant other = owners.putIfAbsent(property.apply(tenant), tenant);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s have the same %s '%s': each needs its own"
                .formatted(other, tenant, what, property.apply(tenant)));
      }
    }
  }
}
