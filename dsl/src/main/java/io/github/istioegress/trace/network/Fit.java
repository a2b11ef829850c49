package io.github.istioegress.trace.network;

import java.util.stream.Stream;

/** Whether something fits, as far as the manifests tell. */
enum Fit {
  NO,
  UNKNOWN,
  YES;

  static Fit of(boolean fits) {
    return fits ? YES : NO;
  }

  /** The best of all: one that fits is enough. */
  static Fit any(Stream<Fit> fits) {
    return fits.max(Fit::compareTo).orElse(NO);
  }

  /** The worst of both: each has to fit. */
  Fit and(Fit other) {
    return compareTo(other) < 0 ? this : other;
  }
}
