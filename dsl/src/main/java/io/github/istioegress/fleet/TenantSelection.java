package io.github.istioegress.fleet;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tenants that a run works on: those whose name fits one of the globs and that are in the
 * shard.
 *
 * @param globs names, in which {@code *} stands for any letters and {@code ?} for one; none for all
 * @param shard the share
 */
public record TenantSelection(List<String> globs, Shard shard) {

  /** Copies the globs. */
  public TenantSelection {
    globs = List.copyOf(globs);
    Objects.requireNonNull(shard, "shard");
  }

  /** All tenants. */
  public static TenantSelection all() {
    return new TenantSelection(List.of(), Shard.whole());
  }

  /** True where a run works on everything. */
  public boolean isAll() {
    return globs.isEmpty() && shard.count() == 1;
  }

  /** True where a run works on this tenant. */
  public boolean has(Tenant tenant) {
    return (globs.isEmpty() || globs.stream().anyMatch(glob -> fits(glob, tenant.name())))
        && shard.has(tenant.name());
  }

  /** True where a run works on what is of no tenant, by its path. */
  public boolean hasFile(String path) {
    return globs.isEmpty() && shard.has(path);
  }

  /** The globs that fit none of the names. */
  public List<String> without(List<String> names) {
    return globs.stream()
        .filter(Predicate.not(glob -> names.stream().anyMatch(name -> fits(glob, name))))
        .toList();
  }

  private static boolean fits(String glob, String name) {
    return Pattern.matches(
        glob.codePoints()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining()),
        name);
  }
}
