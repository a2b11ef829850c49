package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequestBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.IsStringMatchMatchType;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchExact;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchPrefix;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchRegex;
import io.github.istioegress.trace.registry.Decision;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a route with at most one of its matches, as Istio's route, and the field it comes from.
 *
 * @param route Istio's route
 * @param from the rule
 */
record HttpRule(HTTPRoute route, Decision from) {

  /**
   * Which rule holds first, whatever the order they are written in: a path that is exact, before
   * one that is a prefix, before a regular expression; then the longer path, then the one that asks
   * for a method, then for more headers, then for more query parameters.
   */
  static final Comparator<HttpRule> ORDER =
      Comparator.comparing((HttpRule rule) -> rule.route().getMatch().isEmpty())
          .thenComparing(rule -> -rank(rule))
          .thenComparing(rule -> -path(rule).length())
          .thenComparing(rule -> rule.match().getMethod() == null)
          .thenComparing(rule -> -size(rule.match().getHeaders()))
          .thenComparing(rule -> -size(rule.match().getQueryParams()));

  private HTTPMatchRequest match() {
    List<HTTPMatchRequest> matches = route.getMatch();
    return matches.isEmpty() ? new HTTPMatchRequest() : matches.get(0);
  }

  private static int size(@Nullable Map<?, ?> map) {
    return map == null ? 0 : map.size();
  }

  private static @Nullable IsStringMatchMatchType uri(HttpRule rule) {
    return rule.match().getUri() == null ? null : rule.match().getUri().getMatchType();
  }

  private static int rank(HttpRule rule) {
    IsStringMatchMatchType uri = uri(rule);
    if (uri instanceof StringMatchExact) {
      return 3;
    }
    return uri instanceof StringMatchPrefix ? 2 : uri instanceof StringMatchRegex ? 1 : -1;
  }

  private static String path(HttpRule rule) {
    IsStringMatchMatchType uri = uri(rule);
    String path = "";
    if (uri instanceof StringMatchExact exact) {
      path = exact.getExact();
    } else if (uri instanceof StringMatchPrefix prefix) {
      path = prefix.getPrefix();
    } else if (uri instanceof StringMatchRegex regex) {
      path = regex.getRegex();
    }
    return Objects.requireNonNullElse(path, "");
  }

  /** The rule for one port alone. */
  HttpRule onPort(int port) {
    HTTPRoute own = new HTTPRouteBuilder(route).build();
    own.setMatch(List.of(new HTTPMatchRequestBuilder(match()).withPort((long) port).build()));
    return new HttpRule(own, from);
  }

  /** Istio's route as a proxy matches it. */
  HTTPRoute bySegments() {
    HTTPRoute own = new HTTPRouteBuilder(route).build();
    own.setMatch(
        route.getMatch().stream()
            .map(match -> RouteMatches.bySegments(new HTTPMatchRequestBuilder(match).build()))
            .toList());
    return own;
  }
}
