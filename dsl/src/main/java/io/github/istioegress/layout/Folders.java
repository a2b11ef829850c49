package io.github.istioegress.layout;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import java.util.Locale;

/**
 * A folder a namespace, and in it a file a kind: the folder is a tenant's, and a review sees the
 * hosts, the routes and the policies of a change one after the other.
 *
 * @param root what all folders lie below, ends in a slash or is empty
 */
record Folders(String root) {

  private static final String EDGE = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])";

  /** Where the namespaces' folders lie. */
  String namespaces() {
    return root + "namespaces/";
  }

  /** The folder of a namespace, or of what has none; ends in a slash. */
  String of(String home) {
    return home.isEmpty() ? root + "cluster/" : namespaces() + home + "/";
  }

  /** Where a resource lies. */
  String path(Resource resource) {
    return InstallFiles.path(resource)
        .orElseGet(
            () ->
                of(ResourceSet.home(resource))
                    + String.join("-", resource.key().kind().split(EDGE)).toLowerCase(Locale.ROOT)
                    + ".yaml");
  }
}
