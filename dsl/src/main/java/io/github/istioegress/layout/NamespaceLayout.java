package io.github.istioegress.layout;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;

/** One file a namespace. */
final class NamespaceLayout implements OutputLayout {

  @Override
  public String name() {
    return "namespace";
  }

  @Override
  public String path(Resource resource) {
    return InstallFiles.path(resource).orElseGet(() -> file(ResourceSet.home(resource)));
  }

  /** The file of a namespace, or of what has none. */
  static String file(String home) {
    return (home.isEmpty() ? "cluster" : home) + ".yaml";
  }
}
