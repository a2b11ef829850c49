package io.github.istioegress.trace.policy;

import io.github.istioegress.trace.registry.Decision;
import java.util.List;

/**
 * What the policies of a proxy say to a call.
 *
 * @param kind allowed, denied, or not to be told
 * @param reason which policy, and why; empty where it is allowed
 * @param remedy what to do about it; empty where it is allowed
 * @param decisions the fields that decided it
 */
public record Ruling(Kind kind, String reason, String remedy, List<Decision> decisions) {

  /** What policies can say. */
  public enum Kind {
    /** The call may pass. */
    ALLOWED,
    /** The call may not pass. */
    DENIED,
    /** It depends on what no manifest says. */
    UNDETERMINED
  }

  /** Freezes the list. */
  public Ruling {
    decisions = List.copyOf(decisions);
  }
}
