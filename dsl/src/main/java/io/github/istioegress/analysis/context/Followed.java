package io.github.istioegress.analysis.context;

import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.trace.Branch;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Way;
import java.util.List;
import java.util.stream.Stream;

/**
 * A call for which a set is made, and what becomes of it.
 *
 * @param destination what is called
 * @param caller the pod that calls
 * @param trace what becomes of the call
 */
public record Followed(ReachDestination destination, Caller caller, Trace trace) {

  /** Its hops, share after share. */
  public Stream<Hop> hops() {
    return trace.branches().stream().map(Branch::hops).flatMap(List::stream);
  }

  /** True where it comes to a gateway, whatever becomes of it there. */
  public boolean reachesGateway() {
    return hops().anyMatch(Hop::gateway);
  }

  /** True where it leaves as declared, past every gateway and forward proxy. */
  public boolean leavesDirectly() {
    return trace.way() == Way.DIRECT
        && trace.outcome() == Outcome.EXTERNAL
        && hops().allMatch(hop -> hop.tunnel().isEmpty());
  }

  /** True where a route had a part in it. */
  public boolean isBy(Leg leg) {
    return hops().anyMatch(hop -> isBy(hop, leg));
  }

  /** True where a route decided a hop. */
  public static boolean isBy(Hop hop, Leg leg) {
    return hop.decisions().stream()
        .anyMatch(
            one -> one.path().equals(leg.path()) && one.resource().equals(leg.resource().key()));
  }

  /** What becomes of it, in one line. */
  public String line() {
    return AnalysisContext.shortly(trace);
  }
}
