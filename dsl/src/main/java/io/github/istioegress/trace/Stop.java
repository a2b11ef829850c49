package io.github.istioegress.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * A proxy on a call's way, told.
 *
 * @param hop what happens in it
 * @param proxy what it is: {@code sidecar}, {@code ztunnel}, {@code waypoint} or {@code egress
 *     gateway}
 * @param name its name: {@code namespace/name}, or the namespace of the pod it serves
 * @param facts what it does, in words
 * @param reasons the fields that decided it
 * @param command the command that shows the same in a running mesh
 */
public record Stop(
    Hop hop, String proxy, String name, List<String> facts, List<Reason> reasons, String command) {

  static final String ZTUNNEL = "ztunnel";

  static Stop of(Hop hop, HopText words) {
    return new Stop(
        hop, proxy(hop), HopText.gatewayName(hop), words.facts(), words.reasons(), words.command());
  }

  /** All of it, a line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(facts);
    reasons.forEach(reason -> lines.add(reason.toString()));
    lines.add("look: " + command);
    return lines;
  }

  static String proxy(Hop hop) {
    if (hop.isZtunnel()) {
      return ZTUNNEL;
    }
    return hop.isWaypoint() ? "waypoint" : hop.gateway() ? "egress gateway" : "sidecar";
  }
}
