package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Cluster;
import io.github.istioegress.trace.registry.Endpoint;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Workload;
import java.util.Optional;

/** What a cluster whose endpoints are known sends to: pods of the mesh, or addresses. */
record Targets(Mesh mesh, Cluster cluster) {

  /** True where pods stand behind it; else addresses do. */
  boolean arePods() {
    RegistryService service = cluster.service();
    boolean listed = service.selector().isEmpty() && !cluster.port().endpoints().isEmpty();
    return !listed && (service.kubernetes() || !service.selector().isEmpty());
  }

  /** A pod that it sends to; empty where none runs. */
  Optional<Workload> pod() {
    return mesh.registry().pods(cluster.service()).stream()
        .filter(p -> p.has(cluster.subsetLabels()))
        .findFirst();
  }

  /** The endpoint that it sends to first; empty where it has none. */
  Optional<Endpoint> endpoint() {
    return cluster.port().endpoints().stream()
        .filter(e -> e.labels().entrySet().containsAll(cluster.subsetLabels().entrySet()))
        // istiod hands out addresses only; a name is for clusters that look it up.
        .filter(to -> !cluster.discovery().equals("EDS") || Dialled.isAddress(to.address()))
        .findFirst();
  }

  /**
   * True where a copy of a request finds somebody there. Copies have no connection of a caller, so
   * for them no address was dialled; a name that is looked up is the one they bear.
   */
  boolean takeCopies() {
    return switch (cluster.discovery()) {
      case "ORIGINAL_DST" -> false;
      case "DYNAMIC_DNS" -> true;
      default -> arePods() ? pod().isPresent() : endpoint().isPresent();
    };
  }
}
