package io.github.istioegress.fleet;

/**
 * The name of a tenant, where a mere text could be the name of anything else.
 *
 * @param name a DNS label, {@code shop}
 */
public record TenantName(String name) {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is no DNS label
   */
  public TenantName {
    Words.checkName("tenant", name);
  }

  @Override
  public String toString() {
    return name;
  }
}
