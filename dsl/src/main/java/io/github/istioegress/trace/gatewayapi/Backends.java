package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The destinations that the backends of a route's rule stand for. */
final class Backends {

  private final String kind;
  private final String home;
  private final Optional<ReferenceGrants> grants;

  /** A destination and its share; a single one has none. */
  record Weighted(Destination destination, int weight) {}

  /**
   * Prepares the translation.
   *
   * @param kind the route's kind
   * @param home its namespace
   * @param grants what other namespaces allow; empty for sidecars, which need no grant
   */
  Backends(String kind, String home, Optional<ReferenceGrants> grants) {
    this.kind = kind;
    this.home = home;
    this.grants = grants;
  }

  /** True where no backend has a share. */
  static boolean isEmpty(List<Backend> backends) {
    return backends.stream().mapToInt(Backend::weight).sum() == 0;
  }

  /** The destinations; nothing where one is written so that istiod drops the whole route. */
  Optional<List<Weighted>> destinations(List<Backend> backends) {
    List<Backend> shared = backends.stream().filter(backend -> backend.weight() != 0).toList();
    List<Weighted> destinations = new ArrayList<>();
    for (Backend backend : shared) {
      Optional<Destination> destination = destination(backend);
      if (destination.isEmpty()) {
        return Optional.empty();
      }
      destinations.add(new Weighted(destination.get(), shared.size() == 1 ? 0 : backend.weight()));
    }
    return Optional.of(destinations);
  }

  /** The destination of one backend; nothing where it is written so that istiod refuses it. */
  Optional<Destination> destination(Backend backend) {
    return backend.destination(isAllowed(backend));
  }

  private boolean isAllowed(Backend backend) {
    return grants.isEmpty()
        || backend.to().namespace().equals(home)
        || grants.get().allow(kind, home, backend.to());
  }
}
