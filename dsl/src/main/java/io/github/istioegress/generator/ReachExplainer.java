package io.github.istioegress.generator;

import io.github.istioegress.manifest.JsonText;
import io.github.istioegress.reach.ReachMatrix;
import io.github.istioegress.reach.ReachReport;
import io.github.istioegress.reach.ReachText;
import io.github.istioegress.trace.TraceReport;
import java.util.Map;

/** Says who can reach what, for any manifests. */
public final class ReachExplainer {

  private ReachExplainer() {}

  /**
   * Fills the matrix of callers by destinations. The request's calls and their callers belong to
   * it; its {@code from} narrows it to the pods of a namespace.
   *
   * @throws IllegalArgumentException when the request is not of the documented form, the manifests
   *     cannot be read or show no caller, or the matrix would be too large
   */
  public static EgressExplainer.Explanation explain(EgressExplainer.Request request) {
    TracedSet set = TracedSet.of(request);
    ReachMatrix matrix = ReachMatrix.of(set.resources(), set.tracer(), set.calls(), request.from());
    String text =
        switch (request.format()) {
          case "text" -> text(set, matrix);
          case "json" -> JsonText.of(json(set, matrix));
          default ->
              throw new IllegalArgumentException(
                  "format '%s' is not one of reach: use text or json".formatted(request.format()));
        };
    return new EgressExplainer.Explanation(text, set.problems());
  }

  private static String text(TracedSet set, ReachMatrix matrix) {
    return String.join("", set.assumed().stream().map(EgressExplainer::assumption).toList())
        + ReachText.of(matrix)
        + EgressExplainer.notConsidered(set.notConsidered());
  }

  private static Map<String, Object> json(TracedSet set, ReachMatrix matrix) {
    Map<String, Object> report =
        TraceReport.of(set.version(), set.calls().stream().map(set.tracer()::trace).toList());
    report.put("reach", ReachReport.of(matrix));
    if (!set.assumed().isEmpty()) {
      report.put(
          "assumedGateways",
          set.assumed().stream().map(g -> g.namespace() + "/" + g.name()).toList());
    }
    if (!set.notConsidered().isEmpty()) {
      report.put("notConsidered", set.notConsidered());
    }
    return report;
  }
}
