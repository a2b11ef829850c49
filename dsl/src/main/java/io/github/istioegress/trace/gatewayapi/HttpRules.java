package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPDirectResponse;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMirrorPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRedirect;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRetry;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRewrite;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRetry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteTimeouts;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules of HTTP and gRPC routes in Istio's words: one route for each match. A rule that istiod
 * does not understand makes it drop all rules of the route.
 */
final class HttpRules {

  private static final long NOT_FOUND = 404;
  private static final long SERVER_ERROR = 500;
  private static final int USUAL_RETRIES = 2;
  private static final Pattern NO_TIME = Pattern.compile("(0+(h|m|s|ms))+");
  private static final Set<String> HTTP_FILTERS =
      Set.of(
          "RequestHeaderModifier",
          "ResponseHeaderModifier",
          "RequestRedirect",
          "RequestMirror",
          "URLRewrite",
          "CORS");
  private static final Set<String> GRPC_FILTERS =
      Set.of("RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror");
  private static final Set<String> BACKEND_FILTERS =
      Set.of("RequestHeaderModifier", "ResponseHeaderModifier");

  private final Resource resource;
  private final Backends backends;
  private final MirrorFilters mirrors;
  private final IstioVersion version;
  private final String home;

  HttpRules(Resource resource, Backends backends, MirrorFilters mirrors, IstioVersion version) {
    this.resource = resource;
    this.backends = backends;
    this.mirrors = mirrors;
    this.version = version;
    this.home = resource.key().namespace();
  }

  /** The rules of an HTTPRoute, matches in the order they are written. */
  List<HttpRule> of(HTTPRoute route) {
    List<HttpRule> rules = new ArrayList<>();
    for (int r = 0; r < route.getSpec().getRules().size(); r++) {
      HTTPRouteRule rule = route.getSpec().getRules().get(r);
      List<HTTPMatchRequest> matches =
          rule.getMatches().isEmpty()
              ? List.of(RouteMatches.any())
              : rule.getMatches().stream().map(RouteMatches::of).toList();
      Optional<HTTPRouteBuilder> made = action(rule, r);
      if (made.isEmpty()) {
        return List.of();
      }
      add(rules, matches, made.get(), r);
    }
    return rules;
  }

  /** The rules of a GRPCRoute. */
  List<HttpRule> of(GRPCRoute route) {
    List<HttpRule> rules = new ArrayList<>();
    for (int r = 0; r < route.getSpec().getRules().size(); r++) {
      GRPCRouteRule rule = route.getSpec().getRules().get(r);
      boolean known =
          rule.getFilters().stream().map(GRPCRouteFilter::getType).allMatch(GRPC_FILTERS::contains);
      HTTPRouteBuilder made = new HTTPRouteBuilder().withName(name(rule.getName(), r));
      List<Backend> to = rule.getBackendRefs().stream().map(b -> Backend.of(b, home)).toList();
      if (!known || !mirrored(rule, made) || !routed(made, to)) {
        return List.of();
      }
      add(rules, rule.getMatches().stream().map(RouteMatches::of).toList(), made, r);
    }
    return rules;
  }

  private void add(
      List<HttpRule> rules, List<HTTPMatchRequest> matches, HTTPRouteBuilder made, int index) {
    Decision from = Decision.of(resource, "spec.rules[" + index + "]");
    if (matches.isEmpty()) {
      rules.add(new HttpRule(made.build(), from));
    }
    for (HTTPMatchRequest match : matches) {
      rules.add(new HttpRule(new HTTPRouteBuilder(made.build()).withMatch(match).build(), from));
    }
  }

  private String name(@org.jspecify.annotations.Nullable String said, int index) {
    return said != null ? said : home + "." + resource.key().name() + "." + index;
  }

  private Optional<HTTPRouteBuilder> action(HTTPRouteRule rule, int index) {
    boolean known =
        rule.getFilters().stream().map(HTTPRouteFilter::getType).allMatch(HTTP_FILTERS::contains)
            && rule.getBackendRefs().stream()
                .flatMap(backend -> backend.getFilters().stream())
                .map(HTTPRouteFilter::getType)
                .allMatch(BACKEND_FILTERS::contains);
    if (!known) {
      return Optional.empty();
    }
    HTTPRouteBuilder made = new HTTPRouteBuilder().withName(name(rule.getName(), index));
    rule.getFilters().forEach(filter -> apply(filter, made));
    if (rule.getRetry() != null) {
      made.withRetries(retries(rule.getRetry()));
    }
    if (rule.getTimeouts() != null) {
      timeouts(rule.getTimeouts(), rule.getRetry() != null, made);
    }
    List<Backend> to = rule.getBackendRefs().stream().map(b -> Backend.of(b, home)).toList();
    if (made.hasRedirect() && Backends.isEmpty(to)) {
      return Optional.of(made);
    }
    return routed(made, to) ? Optional.of(made) : Optional.empty();
  }

  /** Adds the mirrors of gRPC; false where istiod drops the route for one that leads nowhere. */
  private boolean mirrored(GRPCRouteRule rule, HTTPRouteBuilder made) {
    for (GRPCRouteFilter filter : rule.getFilters()) {
      if (filter.getRequestMirror() != null) {
        Optional<HTTPMirrorPolicy> mirror = mirrors.of(filter.getRequestMirror());
        if (mirror.isEmpty()) {
          return false;
        }
        made.addToMirrors(mirror.get());
      }
    }
    return true;
  }

  private void apply(HTTPRouteFilter filter, HTTPRouteBuilder made) {
    if (filter.getRequestMirror() != null) {
      mirrors.of(filter.getRequestMirror()).ifPresent(made::addToMirrors);
    }
    if (filter.getRequestRedirect() != null) {
      Integer status = filter.getRequestRedirect().getStatusCode();
      HTTPRedirect redirect = new HTTPRedirect();
      redirect.setRedirectCode(status == null ? 302L : status.longValue());
      redirect.setAuthority(filter.getRequestRedirect().getHostname());
      made.withRedirect(redirect);
    }
    if (filter.getUrlRewrite() != null && filter.getUrlRewrite().getHostname() != null) {
      HTTPRewrite rewrite = new HTTPRewrite();
      rewrite.setAuthority(filter.getUrlRewrite().getHostname());
      made.withRewrite(rewrite);
    }
  }

  private static HTTPRetry retries(HTTPRouteRetry said) {
    HTTPRetry retry = new HTTPRetry();
    retry.setAttempts(Objects.requireNonNullElse(said.getAttempts(), USUAL_RETRIES));
    return retry;
  }

  /** The time for one attempt stands for the whole where nothing is tried again. */
  private static void timeouts(HTTPRouteTimeouts said, boolean retries, HTTPRouteBuilder made) {
    if (isTime(said.getRequest())) {
      made.withTimeout(said.getRequest());
    }
    if (isTime(said.getBackendRequest()) && !retries) {
      made.withTimeout(said.getBackendRequest());
    }
  }

  private static boolean isTime(@org.jspecify.annotations.Nullable String said) {
    return said != null && !NO_TIME.matcher(said).matches();
  }

  /** Says where the rule sends requests; false where istiod drops the route for it. */
  private boolean routed(HTTPRouteBuilder made, List<Backend> to) {
    if (Backends.isEmpty(to)) {
      boolean none = to.isEmpty() && !version.atLeast(IstioVersion.V1_31);
      HTTPDirectResponse answer = new HTTPDirectResponse();
      answer.setStatus(none ? NOT_FOUND : SERVER_ERROR);
      made.withDirectResponse(answer);
      return true;
    }
    Optional<List<Backends.Weighted>> destinations = backends.destinations(to);
    destinations.ifPresent(
        all ->
            made.withRoute(
                all.stream()
                    .map(d -> new HTTPRouteDestination(d.destination(), null, d.weight()))
                    .toList()));
    return destinations.isPresent();
  }
}
