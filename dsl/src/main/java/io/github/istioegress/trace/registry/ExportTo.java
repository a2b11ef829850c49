package io.github.istioegress.trace.registry;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Who sees a resource ({@code spec.exportTo}): {@code *}, {@code .}, {@code ~} or namespaces. */
public final class ExportTo {

  private ExportTo() {}

  /** What is said, or the mesh's default. */
  public static Set<String> effective(Collection<String> said, Collection<String> meshDefault) {
    return new LinkedHashSet<>(said.isEmpty() ? meshDefault : said);
  }

  /** The namespaces that see a resource that not all see. */
  static Set<String> namespaces(Set<String> effective, String home) {
    Set<String> namespaces = new LinkedHashSet<>(effective);
    if (namespaces.contains(".")) {
      namespaces.add(home);
    }
    return namespaces;
  }

  /** True where a resource of one namespace is seen by proxies of another. */
  public static boolean visible(Set<String> effective, String home, String proxyNamespace) {
    return effective.contains("*")
        || (effective.contains(".") && home.equals(proxyNamespace))
        || effective.contains(proxyNamespace);
  }
}
