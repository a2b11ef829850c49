package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMirrorPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.Percent;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRequestMirrorFilter;
import java.util.Objects;
import java.util.Optional;

/**
 * The filters that copy requests, in Istio's words.
 *
 * @param backends how the route's backends are found
 * @param attachments what there is to send copies to
 * @param home the route's namespace
 */
record MirrorFilters(Backends backends, Attachments attachments, String home) {

  private static final int OF_HUNDRED = 100;

  /** The mirror of a filter; empty where istiod knows no such backend, or may not use it. */
  Optional<HTTPMirrorPolicy> of(HTTPRequestMirrorFilter filter) {
    Backend backend = Backend.of(filter.getBackendRef(), home);
    if (!attachments.has(backend, home)) {
      return Optional.empty();
    }
    return backends
        .destination(backend)
        .filter(destination -> !destination.getHost().isEmpty())
        .map(destination -> policy(destination, filter));
  }

  private static HTTPMirrorPolicy policy(Destination to, HTTPRequestMirrorFilter filter) {
    HTTPMirrorPolicy policy = new HTTPMirrorPolicy();
    policy.setDestination(to);
    if (filter.getFraction() != null) {
      double parts = OF_HUNDRED * filter.getFraction().getNumerator().doubleValue();
      policy.setPercentage(
          new Percent(
              parts
                  / Objects.requireNonNullElse(filter.getFraction().getDenominator(), OF_HUNDRED)));
    } else if (filter.getPercent() != null) {
      policy.setPercentage(new Percent(filter.getPercent().doubleValue()));
    }
    return policy;
  }
}
