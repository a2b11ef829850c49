package io.github.istioegress.reach;

import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Tracer;
import java.util.ArrayList;
import java.util.List;

/**
 * Who can reach what: every caller of a set of manifests by every destination.
 *
 * @param callers the rows, in order
 * @param destinations the columns, in order
 * @param cells all pairs of the two, row by row
 */
public record ReachMatrix(
    List<ReachCaller> callers, List<ReachDestination> destinations, List<ReachCell> cells) {

  /** How many cells a matrix may have: what a person, or a page, can still take in. */
  static final int MOST_CELLS = 100_000;

  /** Freezes the lists. */
  public ReachMatrix {
    callers = List.copyOf(callers);
    destinations = List.copyOf(destinations);
    cells = List.copyOf(cells);
  }

  /**
   * Fills the matrix of a set.
   *
   * @param resources the manifests
   * @param tracer the tracer of the same manifests
   * @param asked calls whose callers and destinations belong to it, too
   * @param from the only callers wanted, {@code namespace} or {@code namespace/key=value}; empty
   *     for all
   * @throws IllegalArgumentException when there is no caller, or there are too many cells
   */
  public static ReachMatrix of(
      ResourceSet resources, Tracer tracer, List<Call> asked, String from) {
    List<ReachCaller> callers = new Callers(resources, tracer).of(asked, from);
    List<ReachDestination> destinations = new Destinations(resources).of(asked);
    if (callers.isEmpty()) {
      throw new IllegalArgumentException(
          "the manifests show no caller: no workload, and no namespace with egress or a mark for"
              + " injection; say one with istio-egress.from, or in a file of calls");
    }
    long size = (long) callers.size() * destinations.size();
    if (size > MOST_CELLS) {
      throw new IllegalArgumentException(
          "%s callers by %s destinations are %s cells, and %s is the most: ask for one namespace with istio-egress.from, or for fewer manifests"
              .formatted(callers.size(), destinations.size(), size, MOST_CELLS));
    }
    Judgement judgement = new Judgement(tracer, new Ends(resources));
    List<ReachCell> cells = new ArrayList<>((int) size);
    for (ReachCaller caller : callers) {
      for (ReachDestination destination : destinations) {
        cells.add(judgement.of(caller, destination));
      }
    }
    return new ReachMatrix(callers, destinations, cells);
  }
}
