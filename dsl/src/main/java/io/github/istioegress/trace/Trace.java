package io.github.istioegress.trace;

import java.util.List;
import java.util.Optional;

/**
 * What happens to a call.
 *
 * @param call the call
 * @param lookup how its name becomes an address
 * @param bypass what takes it past the caller's sidecar; empty where the sidecar gets it
 * @param branches its ways, one for each weighted destination; at least one
 */
public record Trace(Call call, Lookup lookup, Optional<String> bypass, List<Branch> branches) {

  /** Refuses a trace without a way. */
  public Trace {
    branches = List.copyOf(branches);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("a trace has at least one branch");
    }
  }

  /** How it ends; MIXED where its shares end differently. */
  public Outcome outcome() {
    Outcome first = branches.get(0).outcome();
    return branches.stream().allMatch(branch -> branch.outcome() == first) ? first : Outcome.MIXED;
  }

  /** The way on which it leaves; through a waypoint or gateway where any share does. */
  public Way way() {
    boolean waypoint =
        branches.stream()
            .anyMatch(b -> b.outcome().leaves() && b.hops().stream().anyMatch(Hop::isWaypoint));
    if (waypoint) {
      return Way.VIA_WAYPOINT;
    }
    boolean gateway =
        branches.stream()
            .anyMatch(b -> b.outcome().leaves() && b.hops().stream().anyMatch(Hop::gateway));
    boolean leaves = branches.stream().anyMatch(b -> b.outcome().leaves());
    return gateway ? Way.VIA_GATEWAY : leaves ? Way.DIRECT : Way.NONE;
  }

  /** Why it ends so. */
  public String detail() {
    return outcome() == Outcome.MIXED
        ? "weighted destinations end differently"
        : branches.get(0).detail();
  }

  /** What to do about it; empty where nothing is wrong. */
  public String remedy() {
    return branches.stream()
        .map(Branch::remedy)
        .filter(remedy -> !remedy.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** What is wrong with it though it leaves: plain text to a port of TLS, or TLS within TLS. */
  public List<String> warnings() {
    return Told.of(this).stream().flatMap(told -> told.warnings().stream()).distinct().toList();
  }

  /** The gateways it passes, {@code namespace/name}, in order of the first share. */
  public List<String> gateways() {
    return branches.get(0).hops().stream()
        .filter(Hop::gateway)
        .map(hop -> hop.proxy().substring("gateway ".length()))
        .toList();
  }
}
