package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.github.istioegress.resource.Resource;
import java.util.List;
import java.util.stream.Stream;

/**
 * One route of HTTP and the fields that say it.
 *
 * @param route the route; of one that a delegate says, with what its root adds
 * @param said the fields: one, or that of the root and that of its delegate
 */
public record HttpRoute(HTTPRoute route, List<Field> said) {

  /**
   * A field of a resource.
   *
   * @param resource the resource
   * @param path the field, {@code spec.http[0]}
   */
  public record Field(Resource resource, String path) {}

  /** Copies the list. */
  public HttpRoute {
    said = List.copyOf(said);
  }

  /** The route that a resource says by itself. */
  static HttpRoute of(Resource resource, int index, HTTPRoute route) {
    return new HttpRoute(route, List.of(new Field(resource, "spec.http[" + index + "]")));
  }

  /** A delegate's route as this one, its root, lets it be. */
  HttpRoute delegatedTo(HttpRoute delegate, HTTPRoute merged) {
    return new HttpRoute(merged, Stream.concat(said.stream(), delegate.said().stream()).toList());
  }

  /** The fields as decisions. */
  public List<Decision> decisions() {
    return said.stream().map(field -> Decision.of(field.resource(), field.path())).toList();
  }
}
