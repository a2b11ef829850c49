package io.github.istioegress.expansion.settings;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRetry;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRetryBuilder;
import io.github.istioegress.intent.Retries;

/** How often a route tries again ({@code http.retries}). */
public final class RetrySettings {

  private RetrySettings() {}

  /** So often, on the failures said or on those that Istio retries by default. */
  public static HTTPRetry of(Retries retries) {
    HTTPRetryBuilder retry = new HTTPRetryBuilder().withAttempts(retries.attempts());
    return (retries.on().isEmpty() ? retry : retry.withRetryOn(retries.retryOn())).build();
  }
}
