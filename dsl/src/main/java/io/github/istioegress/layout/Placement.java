package io.github.istioegress.layout;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What lies where in an output: small, however large the resources are.
 *
 * @param name the definition, which is also the output's folder
 * @param files the files of resources that are for the cluster, sorted by path
 * @param kinds the kinds of these resources, each with its first stage
 */
public record Placement(String name, List<PlacedFile> files, Map<String, ApplyStage> kinds) {

  /** Copies the parts. */
  public Placement {
    files = List.copyOf(files);
    kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
  }

  /**
   * A file of resources.
   *
   * @param path where it lies below the output's folder
   * @param homes the namespaces of its resources; one is empty for what has none
   * @param stages the stages of its resources
   */
  public record PlacedFile(String path, SortedSet<String> homes, SortedSet<ApplyStage> stages) {

    /** Copies the sets. */
    public PlacedFile {
      homes = Collections.unmodifiableSortedSet(new TreeSet<>(homes));
      stages = Collections.unmodifiableSortedSet(new TreeSet<>(stages));
    }
  }

  /** Begins one. */
  public static Builder of(String name) {
    return new Builder(name);
  }

  /** All namespaces, sorted; without that of resources that have none. */
  List<String> namespaces() {
    return files.stream()
        .flatMap(file -> file.homes().stream())
        .filter(home -> !home.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /** The kinds in the order of their first stages. */
  List<String> kindsInOrder() {
    return kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The files of each folder, in the order of their first stages; folders sorted. */
  SortedMap<String, List<PlacedFile>> byFolder() {
    return files.stream()
        .sorted(Comparator.comparing((PlacedFile file) -> file.stages().first()))
        .collect(
            Collectors.groupingBy(
                file -> file.path().substring(0, Math.max(0, file.path().lastIndexOf('/'))),
                TreeMap::new,
                Collectors.toList()));
  }

  /** Notes resource by resource. */
  public static final class Builder {
    private final String name;
    private final Map<String, SortedSet<String>> homes = new TreeMap<>();
    private final Map<String, SortedSet<ApplyStage>> stages = new TreeMap<>();
    private final Map<String, ApplyStage> kinds = new TreeMap<>();

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Notes where a resource lies.
     *
     * @throws IllegalArgumentException when a namespace is named as the file is of what has none
     */
    public Builder add(String path, Resource resource) {
      String home = ResourceSet.home(resource);
      SortedSet<String> there = homes.computeIfAbsent(path, p -> new TreeSet<>());
      if (!there.isEmpty() && home.isEmpty() != there.first().isEmpty()) {
        throw new IllegalArgumentException(
            "The output file '%s' would be that of namespace %s and that of what has no namespace:"
                    .formatted(path, home.isEmpty() ? there.first() : home)
                + " rename the namespace or choose another layout");
      }
      there.add(home);
      ApplyStage stage = ApplyStage.of(resource);
      if (resource.kind() == ResourceKind.ISTIO_OPERATOR) {
        return this;
      }
      stages.computeIfAbsent(path, p -> new TreeSet<>()).add(stage);
      kinds.merge(
          resource.key().kind(), stage, (one, other) -> one.compareTo(other) < 0 ? one : other);
      return this;
    }

    /** What was noted. */
    public Placement build() {
      return new Placement(
          name,
          stages.entrySet().stream()
              .map(
                  entry ->
                      new PlacedFile(
                          entry.getKey(),
                          homes.getOrDefault(entry.getKey(), Collections.emptySortedSet()),
                          entry.getValue()))
              .toList(),
          kinds);
    }
  }
}
