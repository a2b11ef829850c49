package io.github.istioegress.generator;

import java.util.Set;
import java.util.function.Predicate;

/**
 * The part of a definition that a run works on.
 *
 * @param namespaces whose calls are traced
 * @param owned whether a namespace is a tenant's; what lies in it alone is of the tenant
 * @param files whether a file that is of no one tenant is worked on, by its path
 * @param isOfTenants true where no file but those of tenants is worked on
 */
record Share(
    Predicate<String> namespaces,
    Predicate<String> owned,
    Predicate<String> files,
    boolean isOfTenants) {

  /** All of it. */
  static final Share ALL = new Share(any -> true, any -> false, any -> true, false);

  /** True where a file is worked on, by its path and its namespaces. */
  boolean has(String path, Set<String> homes) {
    boolean ofTenants = !homes.isEmpty() && homes.stream().allMatch(owned);
    return ofTenants ? homes.stream().anyMatch(namespaces) : files.test(path);
  }
}
