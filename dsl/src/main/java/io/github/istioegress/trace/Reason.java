package io.github.istioegress.trace;

import io.github.istioegress.trace.registry.Decision;

/**
 * What a field of a resource did to a hop.
 *
 * @param why what it did, in words before its name: {@code decided by}
 * @param decision the field
 */
public record Reason(String why, Decision decision) {

  /** {@code decided by VirtualService ns/name spec.http[0] file:line}. */
  @Override
  public String toString() {
    return decision.told()
        ? why
            + " "
            + decision.resource()
            + " (in no manifest: from the installation or a calls file, or assumed)"
        : why + " " + decision + decision.place().map(place -> "  " + place).orElse("");
  }
}
