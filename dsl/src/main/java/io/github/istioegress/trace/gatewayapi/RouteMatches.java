package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.IsStringMatchMatchType;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatch;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchExact;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchPrefix;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchRegex;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCMethodMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The matches of the Gateway API's HTTP and gRPC routes in Istio's words. */
final class RouteMatches {

  private static final String REGEX = "RegularExpression";

  private RouteMatches() {}

  /** What a rule without matches means. */
  static HTTPMatchRequest any() {
    HTTPMatchRequest any = new HTTPMatchRequest();
    any.setUri(new StringMatch(new StringMatchPrefix("/")));
    return any;
  }

  static HTTPMatchRequest of(HTTPRouteMatch match) {
    HTTPMatchRequest made = any();
    HTTPPathMatch path = match.getPath();
    if (path != null) {
      made.setUri(
          new StringMatch(path(path.getType(), Objects.requireNonNullElse(path.getValue(), "/"))));
    }
    if (match.getMethod() != null) {
      made.setMethod(new StringMatch(new StringMatchExact(match.getMethod())));
    }
    Map<String, StringMatch> headers = new TreeMap<>();
    match.getHeaders().forEach(h -> headers.put(h.getName(), value(h.getType(), h.getValue())));
    made.setHeaders(headers);
    Map<String, StringMatch> query = new TreeMap<>();
    match.getQueryParams().forEach(q -> query.put(q.getName(), value(q.getType(), q.getValue())));
    made.setQueryParams(query);
    return made;
  }

  private static IsStringMatchMatchType path(@Nullable String type, String value) {
    return switch (Objects.requireNonNullElse(type, "PathPrefix")) {
      case "Exact" -> new StringMatchExact(value);
      case REGEX -> new StringMatchRegex(value);
      default ->
          new StringMatchPrefix(
              value.length() > 1 && value.endsWith("/")
                  ? value.substring(0, value.length() - 1)
                  : value);
    };
  }

  private static StringMatch value(@Nullable String type, String value) {
    return new StringMatch(
        REGEX.equals(type) ? new StringMatchRegex(value) : new StringMatchExact(value));
  }

  /** A call of gRPC is a request for {@code /service/method}. */
  static HTTPMatchRequest of(GRPCRouteMatch match) {
    HTTPMatchRequest made = new HTTPMatchRequest();
    if (match.getMethod() != null) {
      made.setUri(new StringMatch(path(match.getMethod())));
    }
    Map<String, StringMatch> headers = new TreeMap<>();
    match.getHeaders().forEach(h -> headers.put(h.getName(), value(h.getType(), h.getValue())));
    made.setHeaders(headers);
    return made;
  }

  private static IsStringMatchMatchType path(GRPCMethodMatch match) {
    String service = match.getService();
    String method = match.getMethod();
    boolean regex = REGEX.equals(match.getType());
    if (service == null) {
      return new StringMatchRegex("/[^/]+/" + method);
    }
    if (method == null) {
      return regex
          ? new StringMatchRegex("/" + service + "/.+")
          : new StringMatchPrefix("/" + service + "/");
    }
    String both = "/" + service + "/" + method;
    return regex ? new StringMatchRegex(both) : new StringMatchExact(both);
  }

  /**
   * A prefix of the Gateway API ends at a slash: {@code /a} stands for {@code /a/b}, not for {@code
   * /ab}.
   */
  static HTTPMatchRequest bySegments(HTTPMatchRequest match) {
    if (match.getUri() != null
        && match.getUri().getMatchType() instanceof StringMatchPrefix prefix
        && !prefix.getPrefix().equals("/")) {
      String whole =
          prefix.getPrefix().endsWith("/")
              ? prefix.getPrefix().substring(0, prefix.getPrefix().length() - 1)
              : prefix.getPrefix();
      match.setUri(new StringMatch(new StringMatchRegex(Pattern.quote(whole) + "(/.*)?")));
    }
    return match;
  }
}
