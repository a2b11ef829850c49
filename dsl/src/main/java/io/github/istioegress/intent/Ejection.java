package io.github.istioegress.intent;

import java.time.Duration;

/**
 * When a proxy leaves an address of the host alone, and for how long ({@code outlierDetection}).
 *
 * @param counted what is counted
 * @param consecutive how many in a row, at least 1
 * @param baseTime how long the address is left alone at first, at least a millisecond
 */
public record Ejection(Counted counted, int consecutive, Duration baseTime) {

  /** What is counted. */
  public enum Counted {
    /** HTTP answers from 500 on. */
    FIVE_XX,
    /** HTTP answers 502, 503 and 504; for bytes, connections that fail. */
    GATEWAY_ERRORS
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public Ejection {
    if (consecutive < 1) {
      throw new IllegalArgumentException(
          "ejection after %s faults makes no sense: count 1 or more".formatted(consecutive));
    }
    TrafficPolicy.checkDuration("ejection", baseTime);
  }

  /** After so many HTTP answers from 500 on in a row, for 30 seconds. */
  public static Ejection consecutive5xx(int times) {
    return new Ejection(Counted.FIVE_XX, times, Duration.ofSeconds(30));
  }

  /** After so many 502, 503, 504 or failed connections in a row, for 30 seconds. */
  public static Ejection consecutiveGatewayErrors(int times) {
    return new Ejection(Counted.GATEWAY_ERRORS, times, Duration.ofSeconds(30));
  }

  /** The same for another time; each further ejection of an address lasts as much longer. */
  public Ejection lasting(Duration time) {
    return new Ejection(counted, consecutive, time);
  }

  /** The words of the language for it. */
  @Override
  public String toString() {
    String word = counted == Counted.FIVE_XX ? "consecutive5xx" : "consecutiveGatewayErrors";
    return word + "(" + consecutive + ").lasting(" + baseTime + ")";
  }
}
