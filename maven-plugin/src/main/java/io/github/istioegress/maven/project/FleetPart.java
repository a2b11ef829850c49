package io.github.istioegress.maven.project;

import io.github.istioegress.fleet.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tenants that a run works on, and where their files are seen from.
 *
 * @param base the module's folder
 * @param tenants names and globs, none for all
 * @param shard {@code 3/16}, empty for the whole
 */
public record FleetPart(Path base, List<String> tenants, String shard) {

  /**
   * Checks the shard.
   *
   * @throws IllegalArgumentException when it is none
   */
  public FleetPart {
    tenants = tenants.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
    Shard.parse(shard);
  }

  /** All tenants of a module. */
  public static FleetPart whole(Path base) {
    return new FleetPart(base, List.of(), "");
  }

  /** Whether a file of the output is the run's matter; what no definition yields is a shard's. */
  public Predicate<String> files(Generation generation) {
    Set<String> others = Set.copyOf(generation.others());
    Shard share = Shard.parse(shard);
    return path ->
        generation.files().paths().contains(path)
            || (!others.contains(path) && tenants.isEmpty() && share.has(path));
  }
}
