package io.github.istioegress.generator;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;
import java.util.Set;

/**
 * Resources that may decide about a call in a mesh, but not yet in the tracer; an answer says so.
 */
final class NotConsidered {

  private static final Set<String> DECIDING =
      Set.of(
          "EnvoyFilter",
          "NetworkPolicy",
          "PeerAuthentication",
          "WorkloadEntry",
          "HTTPRoute",
          "TLSRoute",
          "TCPRoute",
          "GRPCRoute",
          "BackendTLSPolicy",
          "WasmPlugin");

  private NotConsidered() {}

  /** The resources, as reports write them. */
  static List<String> of(ResourceSet resources) {
    return resources.of(ResourceKind.OTHER).stream()
        .filter(NotConsidered::mayDecide)
        .map(resource -> resource.key().toString())
        .toList();
  }

  private static boolean mayDecide(Resource resource) {
    return DECIDING.contains(resource.key().kind())
        || resource.key().group().equals("gateway.networking.k8s.io");
  }
}
