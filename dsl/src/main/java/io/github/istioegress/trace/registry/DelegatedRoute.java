package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMirrorPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A route of HTTP as its root and its delegate say it together: what the delegate says holds. */
final class DelegatedRoute {

  private DelegatedRoute() {}

  /** Both together; empty where the delegate wants requests that the root does not give it. */
  static Optional<HTTPRoute> of(HTTPRoute root, HTTPRoute delegate) {
    Optional<List<HTTPMatchRequest>> match =
        DelegatedMatch.merged(root.getMatch(), delegate.getMatch());
    if (match.isEmpty()) {
      return Optional.empty();
    }
    HTTPRoute merged = copy(delegate);
    merged.setDelegate(null);
    merged.setMatch(match.get());
    merged.setName(DelegatedMatch.named(root.getName(), delegate.getName()));
    merged.setRewrite(either(delegate.getRewrite(), root.getRewrite()));
    merged.setDirectResponse(either(delegate.getDirectResponse(), root.getDirectResponse()));
    merged.setTimeout(either(delegate.getTimeout(), root.getTimeout()));
    merged.setRetries(either(delegate.getRetries(), root.getRetries()));
    merged.setFault(either(delegate.getFault(), root.getFault()));
    merged.setMirror(either(delegate.getMirror(), root.getMirror()));
    merged.setMirrorPercent(either(delegate.getMirrorPercent(), root.getMirrorPercent()));
    merged.setMirrorPercentage(either(delegate.getMirrorPercentage(), root.getMirrorPercentage()));
    merged.setCorsPolicy(either(delegate.getCorsPolicy(), root.getCorsPolicy()));
    merged.setHeaders(either(delegate.getHeaders(), root.getHeaders()));
    merged.setMirrors(delegate.getMirrors().isEmpty() ? root.getMirrors() : delegate.getMirrors());
    return Optional.of(merged);
  }

  private static <T> @Nullable T either(@Nullable T delegate, @Nullable T root) {
    return delegate == null ? root : delegate;
  }

  /** The same with the short names of hosts and gateways resolved as in its own namespace. */
  static HTTPRoute resolved(HTTPRoute route, String namespace) {
    HTTPRoute resolved = copy(route);
    resolved.setMatch(
        route.getMatch().stream().map(match -> DelegatedMatch.resolved(match, namespace)).toList());
    resolved.setRoute(route.getRoute().stream().map(to -> resolved(to, namespace)).toList());
    if (route.getMirror() != null) {
      resolved.setMirror(resolved(route.getMirror(), namespace));
    }
    resolved.setMirrors(route.getMirrors().stream().map(to -> resolved(to, namespace)).toList());
    return resolved;
  }

  private static HTTPRouteDestination resolved(HTTPRouteDestination to, String namespace) {
    return new HTTPRouteDestination(
        resolved(to.getDestination(), namespace), to.getHeaders(), to.getWeight());
  }

  private static HTTPMirrorPolicy resolved(HTTPMirrorPolicy to, String namespace) {
    return new HTTPMirrorPolicy(resolved(to.getDestination(), namespace), to.getPercentage());
  }

  private static Destination resolved(@Nullable Destination said, String namespace) {
    // A route that leads nowhere has no cluster.
    Destination to = Objects.requireNonNullElseGet(said, Destination::new);
    return new Destination(
        ResolvedNames.host(Objects.requireNonNullElse(to.getHost(), ""), namespace),
        to.getPort(),
        to.getSubset());
  }

  private static HTTPRoute copy(HTTPRoute route) {
    HTTPRoute copy = new HTTPRoute();
    copy.setCorsPolicy(route.getCorsPolicy());
    copy.setDelegate(route.getDelegate());
    copy.setDirectResponse(route.getDirectResponse());
    copy.setFault(route.getFault());
    copy.setHeaders(route.getHeaders());
    copy.setMatch(route.getMatch());
    copy.setMirror(route.getMirror());
    copy.setMirrorPercent(route.getMirrorPercent());
    copy.setMirrorPercentage(route.getMirrorPercentage());
    copy.setMirrors(route.getMirrors());
    copy.setName(route.getName());
    copy.setRedirect(route.getRedirect());
    copy.setRetries(route.getRetries());
    copy.setRewrite(route.getRewrite());
    copy.setRoute(route.getRoute());
    copy.setTimeout(route.getTimeout());
    copy.setAdditionalProperties(route.getAdditionalProperties());
    return copy;
  }
}
