package io.github.istioegress.layout;

import io.github.istioegress.resource.Resource;

/** A folder a namespace, and in it a file a kind. */
final class TenantLayout implements OutputLayout {

  private final Folders folders = new Folders("");

  @Override
  public String name() {
    return "tenant";
  }

  @Override
  public String path(Resource resource) {
    return folders.path(resource);
  }
}
