package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Host that goes on instead of the caller's; empty for the caller's. */
final class HostRewrites {

  private HostRewrites() {}

  /** That of a route: its rewrite, else what its headers set or add. */
  static String of(HTTPRoute route) {
    String rewritten = route.getRewrite() == null ? null : route.getRewrite().getAuthority();
    return rewritten == null || rewritten.isEmpty() ? of(route.getHeaders()) : rewritten;
  }

  /** That of one destination, which counts where its route says none. */
  static String of(HTTPRouteDestination destination) {
    return of(destination.getHeaders());
  }

  private static String of(@Nullable Headers headers) {
    if (headers == null || headers.getRequest() == null) {
      return "";
    }
    String set = host(headers.getRequest().getSet());
    return set.isEmpty() ? host(headers.getRequest().getAdd()) : set;
  }

  private static String host(@Nullable Map<String, String> headers) {
    if (headers == null) {
      return "";
    }
    return headers.entrySet().stream()
        .filter(
            header ->
                header.getKey().equalsIgnoreCase("host")
                    || header.getKey().equalsIgnoreCase(":authority"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
