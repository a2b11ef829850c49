package io.github.istioegress.expansion.istioapi;

import java.time.Duration;

/** Times as Istio reads them. */
final class Durations {

  private Durations() {}

  /** {@code 3s} for whole seconds, {@code 1500ms} for others. */
  static String text(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }
}
