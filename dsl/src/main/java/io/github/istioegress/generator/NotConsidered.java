package io.github.istioegress.generator;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Resources that may decide about a call in a mesh, but not yet in the tracer; an answer says so.
 */
final class NotConsidered {

  private static final Set<String> DECIDING =
      Set.of("EnvoyFilter", "PeerAuthentication", "WorkloadEntry", "WasmPlugin");

  private NotConsidered() {}

  /**
   * The resources, as reports write them.
   *
   * @param resources the manifests
   * @param unread those of a kind that the tracer knows, but of a sort that it does not
   */
  static List<String> of(ResourceSet resources, List<ResourceKey> unread) {
    return Stream.concat(
            resources.of(ResourceKind.OTHER).stream()
                .filter(NotConsidered::mayDecide)
                .map(Resource::key),
            unread.stream())
        .map(ResourceKey::toString)
        .toList();
  }

  private static boolean mayDecide(Resource resource) {
    return DECIDING.contains(resource.key().kind())
        || resource.key().group().equals("gateway.networking.k8s.io");
  }
}
