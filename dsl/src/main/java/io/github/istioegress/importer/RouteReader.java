package io.github.istioegress.importer;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPFaultInjection;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPFaultInjectionAbortHttpStatus;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPFaultInjectionDelayFixedDelay;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRetry;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.github.istioegress.intent.Fault;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.RetryOn;
import io.github.istioegress.manifest.Durations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what HTTP routes say of time, tries and faults. */
final class RouteReader {

  private RouteReader() {}

  /**
   * The sentence with what its routes say.
   *
   * @param callers the route of the callers' sidecars
   * @param last the route of the last proxy, which tries again
   */
  static HttpGatewayIntent patience(
      HttpGatewayIntent said, Optional<HTTPRoute> callers, Optional<HTTPRoute> last) {
    HttpGatewayIntent more = said;
    Optional<java.time.Duration> timeout =
        callers.map(HTTPRoute::getTimeout).flatMap(Durations::parse);
    if (timeout.isPresent()) {
      more = more.timeout(timeout.get());
    }
    Optional<HTTPRetry> retries = last.map(HTTPRoute::getRetries);
    if (retries.isPresent() && retries.get().getAttempts() != null) {
      more = more.retries(retries.get().getAttempts(), on(retries.get()));
    } else if (retries.isPresent()) {
      more = more.retries(0);
    }
    Optional<Fault> fault = callers.map(HTTPRoute::getFault).flatMap(RouteReader::fault);
    return fault.isPresent() ? more.fault(fault.get()) : more;
  }

  private static RetryOn[] on(HTTPRetry retry) {
    List<RetryOn> failures = new ArrayList<>();
    if (retry.getRetryOn() != null) {
      for (String word : retry.getRetryOn().split(",", -1)) {
        failures.add(
            Arrays.stream(RetryOn.values())
                .filter(one -> one.word().equals(word.strip()))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "retryOn '%s' is no failure that retries(...) names".formatted(word))));
      }
    }
    return failures.toArray(RetryOn[]::new);
  }

  private static Optional<Fault> fault(HTTPFaultInjection fault) {
    double percent = 100;
    Optional<java.time.Duration> delay = Optional.empty();
    Optional<Integer> abort = Optional.empty();
    if (fault.getDelay() != null
        && fault.getDelay().getHttpDelayType() instanceof HTTPFaultInjectionDelayFixedDelay fixed) {
      delay = Durations.parse(fixed.getFixedDelay());
      if (fault.getDelay().getPercentage() != null
          && fault.getDelay().getPercentage().getValue() != null) {
        percent = fault.getDelay().getPercentage().getValue();
      }
    }
    if (fault.getAbort() != null
        && fault.getAbort().getErrorType() instanceof HTTPFaultInjectionAbortHttpStatus status) {
      abort = Optional.ofNullable(status.getHttpStatus());
      if (fault.getAbort().getPercentage() != null
          && fault.getAbort().getPercentage().getValue() != null) {
        percent = fault.getAbort().getPercentage().getValue();
      }
    }
    return delay.isEmpty() && abort.isEmpty()
        ? Optional.empty()
        : Optional.of(new Fault(delay, abort, percent));
  }
}
