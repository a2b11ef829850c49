package io.github.istioegress.intent;

import java.time.Duration;
import java.util.Optional;

/**
 * Faults that a sidecar makes on purpose.
 *
 * @param delay how long a call is held back; empty for not at all
 * @param abort the HTTP status that is answered instead of calling, 200 to 599; empty for none
 * @param percent the share of calls, above 0 and up to 100
 */
public record Fault(Optional<Duration> delay, Optional<Integer> abort, double percent) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of range, or nothing is asked for
   */
  public Fault {
    delay.ifPresent(time -> TrafficPolicy.checkDuration("delay", time));
    if (abort.isPresent() && (abort.get() < 200 || abort.get() > 599)) {
      throw new IllegalArgumentException(
          "abort with status %s is out of range: 200 to 599".formatted(abort.get()));
    }
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          "a fault of %s percent of the calls is out of range: above 0, up to 100"
              .formatted(percent));
    }
    if (delay.isEmpty() && abort.isEmpty()) {
      throw new IllegalArgumentException("a fault without delay and abort does nothing");
    }
  }

  /** Every call is held back so long. */
  public static Fault delay(Duration time) {
    return new Fault(Optional.of(time), Optional.empty(), 100);
  }

  /** Every call is answered with this status. */
  public static Fault abort(int status) {
    return new Fault(Optional.empty(), Optional.of(status), 100);
  }

  /** The same for a share of the calls, in percent. */
  public Fault percent(double share) {
    return new Fault(delay, abort, share);
  }

  /** The words of the language for it. */
  @Override
  public String toString() {
    String word = delay.map(time -> "delay(" + time + ")").orElse("abort(" + abort.orElse(0) + ")");
    return word + (percent == 100 ? "" : ".percent(" + percent + ")");
  }
}
