package io.github.istioegress.expansion.settings;

import java.time.Duration;

/** Times as Istio and the Gateway API read them, the second without fractions. */
public final class Durations {

  private Durations() {}

  /** {@code 3s} for whole seconds, {@code 1500ms} for others. */
  public static String text(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }
}
