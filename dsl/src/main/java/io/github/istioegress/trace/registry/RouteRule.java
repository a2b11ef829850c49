package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMirrorPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.VirtualService;
import io.github.istioegress.resource.Resource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A VirtualService with its short names resolved.
 *
 * @param resource the resource
 * @param spec what it says
 * @param namespace its namespace
 * @param hosts its hosts, fully qualified
 * @param gateways its gateways as {@code namespace/name}, or {@code mesh}
 * @param http its routes of HTTP, those of delegates in the place of what names them
 */
public record RouteRule(
    Resource resource,
    VirtualService spec,
    String namespace,
    List<String> hosts,
    List<String> gateways,
    List<HttpRoute> http) {

  /** Istio's word for all sidecars. */
  public static final String MESH = "mesh";

  /** True where istiod made it of the Gateway API's routes, which it treats differently. */
  public boolean ofGatewayApi() {
    return Derived.is(resource);
  }

  /** A host that the rule names; a short one is a Service of the rule's namespace. */
  public String resolved(@org.jspecify.annotations.Nullable String said) {
    String host = Objects.requireNonNullElse(said, "");
    return ofGatewayApi() ? host : ResolvedNames.host(host, namespace);
  }

  static RouteRule of(Resource resource, Delegates delegates) {
    io.fabric8.istio.api.networking.v1.VirtualService object =
        (io.fabric8.istio.api.networking.v1.VirtualService) resource.object();
    VirtualService spec = object.getSpec() == null ? new VirtualService() : object.getSpec();
    String namespace = Metadata.namespace(object);
    return new RouteRule(
        resource,
        spec,
        namespace,
        spec.getHosts().stream()
            .map(host -> Derived.is(resource) ? host : ResolvedNames.host(host, namespace))
            .toList(),
        spec.getGateways().isEmpty()
            ? List.of(MESH)
            : spec.getGateways().stream()
                .map(gateway -> ResolvedNames.gateway(gateway, namespace))
                .toList(),
        delegates.routes(resource));
  }

  /** The hosts that it sends to. */
  List<String> destinations() {
    return Stream.of(
            http.stream()
                .flatMap(route -> route.route().getRoute().stream())
                .map(HTTPRouteDestination::getDestination),
            http.stream().map(route -> route.route().getMirror()),
            http.stream()
                .flatMap(route -> route.route().getMirrors().stream())
                .map(HTTPMirrorPolicy::getDestination),
            Stream.concat(
                    spec.getTls().stream().flatMap(route -> route.getRoute().stream()),
                    spec.getTcp().stream().flatMap(route -> route.getRoute().stream()))
                .map(RouteDestination::getDestination))
        .flatMap(destinations -> destinations)
        .filter(Objects::nonNull)
        .map(destination -> resolved(destination.getHost()))
        .toList();
  }

  /** What identifies it. */
  public String key() {
    return Metadata.namespacedName(resource.object());
  }

  /** True where one of the gateways named in a match is this one, or none is named. */
  public boolean binds(List<String> matchGateways, String gateway) {
    return matchGateways.isEmpty()
        || matchGateways.stream()
            .anyMatch(named -> ResolvedNames.gateway(named, namespace).equals(gateway));
  }
}
