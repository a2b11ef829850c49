package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.CallingProxy;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.trace.Branch;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Carried;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Trace;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A share of what becomes of a call that a set of manifests is meant for.
 *
 * @param trace the whole of it
 * @param branch the share
 * @param carried what travels to each of its proxies, and at last on from the last one
 */
record Journey(Trace trace, Branch branch, List<Carried> carried) {

  /** Of callers in more namespaces than this a sample says it all. */
  private static final int MOST_CALLERS = 5;

  /** All of a set. */
  private record All(List<Journey> journeys) {}

  /** One call for each port that is declared and each route of the mesh, by those who see it. */
  static List<Journey> of(AnalysisContext context) {
    return context.shared(All.class, set -> new All(followed(set))).journeys();
  }

  private static List<Journey> followed(AnalysisContext context) {
    Map<Call, Trace> traces = new LinkedHashMap<>();
    for (Followed one : context.traffic().all()) {
      if (one.destination().origin() == ReachDestination.Origin.DECLARED) {
        traces.put(one.trace().call(), one.trace());
      }
    }
    // A route may be for some paths or headers only.
    for (Leg leg : context.legs()) {
      if (leg.isOfMesh()) {
        context.proxiesOf(leg).stream()
            .map(CallingProxy::caller)
            .flatMap(Optional::stream)
            .limit(MOST_CALLERS)
            .flatMap(pod -> AnalysisContext.callFor(leg, pod).stream())
            .forEach(call -> traces.computeIfAbsent(call, context::trace));
      }
    }
    return traces.values().stream()
        .sorted(Comparator.comparing(trace -> trace.call().from().namespace()))
        .flatMap(
            trace ->
                trace.branches().stream()
                    .map(branch -> new Journey(trace, branch, Carried.along(trace.call(), branch))))
        .toList();
  }

  Call call() {
    return trace.call();
  }

  List<Hop> hops() {
    return branch.hops();
  }

  boolean leaves() {
    return branch.outcome().leaves();
  }

  /** The proxy that had it last. */
  Optional<Hop> last() {
    return hops().isEmpty() ? Optional.empty() : Optional.of(hops().get(hops().size() - 1));
  }

  /** What travels on from the last proxy. */
  Carried onTheWire() {
    return carried.get(carried.size() - 1);
  }

  /** What travels to a proxy. */
  Carried arrivingAt(int hop) {
    return carried.get(hop);
  }

  /** The whole of it in one line. */
  String line() {
    return AnalysisContext.shortly(trace);
  }
}
