package io.github.istioegress.generator;

import io.github.istioegress.layout.RenderedFile;
import io.github.istioegress.layout.RenderedFiles;
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
  Set<String> leftAlone(RenderedFiles rendered) {
    return rendered.files().stream()
        .filter(file -> !isWorkedOn(file.path(), file.homes()))
        .map(RenderedFile::path)
        .collect(Collectors.toSet());
  }

  private boolean isWorkedOn(String path, Set<String> homes) {
    boolean ofTenants = !homes.isEmpty() && owned.containsAll(homes);
    return ofTenants ? homes.stream().anyMatch(namespaces) : files.test(path);
  }
}
