package io.github.istioegress.intent;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How often a failed call is tried again.
 *
 * @param attempts how often, 0 to 10
 * @param on on which failures; empty for those that Istio retries by default
 */
public record Retries(int attempts, Set<RetryOn> on) {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public Retries {
    if (attempts < 0 || attempts > 10) {
      throw new IllegalArgumentException(
          "retries(%s) is out of range: say 0 for never, or up to 10".formatted(attempts));
    }
    on = on.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(on));
  }

  /** So many tries on some failures. */
  static Retries of(int attempts, RetryOn... on) {
    return new Retries(attempts, Set.copyOf(List.of(on)));
  }

  /** Envoy's words for the failures; empty for Istio's default. */
  public String retryOn() {
    return on.stream().map(RetryOn::word).collect(Collectors.joining(","));
  }

  /** The words of the language for it. */
  @Override
  public String toString() {
    String failures = on.stream().map(one -> ", " + one.name()).collect(Collectors.joining());
    return "retries(" + attempts + failures + ")";
  }
}
