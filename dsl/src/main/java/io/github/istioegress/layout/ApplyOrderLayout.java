package io.github.istioegress.layout;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;

/**
 * Files whose names sort as they are to be applied, which is how {@code kubectl apply -f} goes
 * through a folder: all namespaces' first stage, then their second.
 */
final class ApplyOrderLayout implements OutputLayout {

  @Override
  public String name() {
    return "apply-order";
  }

  @Override
  public String path(Resource resource) {
    return InstallFiles.path(resource)
        .orElseGet(
            () -> {
              String home = ResourceSet.home(resource);
              String stage = ApplyStage.of(resource).fileName();
              return home.isEmpty() ? stage + ".yaml" : stage + "." + home + ".yaml";
            });
  }
}
