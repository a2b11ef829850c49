package io.github.istioegress.generator;

import io.github.istioegress.layout.RenderedFile;
import io.github.istioegress.layout.RenderedFiles;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The part of a definition that a run works on.
 *
 * @param namespaces whose calls are traced
 * @param owned the namespaces of tenants; what lies in them alone is of the tenant
 * @param files whether a file that is of no one tenant is worked on, by its path
 */
record Share(Predicate<String> namespaces, Set<String> owned, Predicate<String> files) {

  /** All of it. */
  static final Share ALL = new Share(any -> true, Set.of(), any -> true);

  /** The files that are not worked on. */
  Set<String> leftAlone(RenderedFiles rendered, ReadManifests read) {
    Map<String, Set<String>> homes = new HashMap<>();
    for (Resource resource : read.resources().all()) {
      resource
          .source()
          .place("")
          .ifPresent(
              place ->
                  homes
                      .computeIfAbsent(place.file(), file -> new HashSet<>())
                      .add(ResourceSet.home(resource)));
    }
    return rendered.files().stream()
        .map(RenderedFile::path)
        .filter(path -> !isWorkedOn(path, homes.getOrDefault(path, Set.of())))
        .collect(Collectors.toSet());
  }

  private boolean isWorkedOn(String path, Set<String> homes) {
    boolean ofTenants = !homes.isEmpty() && owned.containsAll(homes);
    return ofTenants ? homes.stream().anyMatch(namespaces) : files.test(path);
  }
}
