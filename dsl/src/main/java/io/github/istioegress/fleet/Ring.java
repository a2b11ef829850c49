package io.github.istioegress.fleet;

import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a fleet that gets a version of the template before the others do.
 *
 * @param name its name, {@code canary}
 * @param members who is in it; decided by the tenant alone, so that other tenants never change it
 */
public record Ring(String name, Predicate<Tenant> members) {

  private static final int WHOLE = 10_000;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is no DNS label
   */
  public Ring {
    Words.checkName("ring", name);
    Objects.requireNonNull(members, "members");
  }

  /** The tenants that ask for it themselves, by their field {@code ring}. */
  public static Ring named(String name) {
    return new Ring(name, tenant -> tenant.ring().equals(name));
  }

  /** The tenants of these names. */
  public static Ring of(String name, String... tenants) {
    Set<String> names = Set.of(tenants);
    return new Ring(name, tenant -> names.contains(tenant.name()));
  }

  /** The tenants of these names. */
  public static Ring of(String name, TenantName first, TenantName... more) {
    Set<String> names =
        Stream.concat(Stream.of(first), Stream.of(more))
            .map(TenantName::name)
            .collect(Collectors.toSet());
    return new Ring(name, tenant -> names.contains(tenant.name()));
  }

  /** The tenants with a label. */
  public static Ring labelled(String name, String key, String value) {
    return new Ring(name, tenant -> value.equals(tenant.labels().get(key)));
  }

  /**
   * A share of the tenants, by a number that each name has for good: a larger share has all tenants
   * of a smaller one, and neither new tenants nor removed ones move any.
   *
   * @param percent 0 to 100, with two digits behind the point
   * @throws IllegalArgumentException when it is no percentage
   */
  public static Ring percent(String name, double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          "ring %s has %s percent: use 0 to 100".formatted(name, percent));
    }
    long below = Math.round(percent * WHOLE / 100);
    return new Ring(
        name,
        tenant -> Math.floorMod(StableHash.of("ring " + tenant.name()), (long) WHOLE) < below);
  }
}
