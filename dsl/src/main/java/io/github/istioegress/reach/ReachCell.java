package io.github.istioegress.reach;

import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Way;
import java.util.List;

/**
 * What becomes of calls of a caller to a destination.
 *
 * @param caller who calls
 * @param destination what is called
 * @param outcome how the call ends
 * @param way the way on which it leaves
 * @param bypass what takes the call past the caller's proxy; empty where its proxy gets it
 * @param proxies the gateways and waypoints that it passes, {@code gateway egress/edge}
 * @param forwardProxy the forward proxy outside that is asked to pass it on, {@code host:port};
 *     empty for none
 * @param tls who puts TLS around what goes out: a proxy, {@code application}, or empty for plain
 *     text
 * @param detail why it ends so; empty where it arrives
 * @param remedy what to do about it; empty where nothing is wrong
 * @param enforcement what holds the caller to it
 */
public record ReachCell(
    ReachCaller caller,
    ReachDestination destination,
    Outcome outcome,
    Way way,
    String bypass,
    List<String> proxies,
    String forwardProxy,
    String tls,
    String detail,
    String remedy,
    Enforcement enforcement) {

  /** Freezes the list. */
  public ReachCell {
    proxies = List.copyOf(proxies);
  }

  /** True where calls leave the mesh, at least a share of them. */
  public boolean leaves() {
    return way != Way.NONE;
  }

  /** True where a pod that goes around its proxy leaves, past every gateway and waypoint. */
  public boolean isHole() {
    return enforcement.holds() == Enforcement.Holds.NO && enforcement.escape().gateway().isEmpty();
  }

  /** True where it is refused, and a gateway lets out a pod that calls it by itself. */
  public boolean isLent() {
    return enforcement.holds() == Enforcement.Holds.NO && !enforcement.escape().gateway().isEmpty();
  }
}
