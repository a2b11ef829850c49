package io.github.istioegress.generator;

import io.github.istioegress.reach.ReachMatrix;
import io.github.istioegress.trace.Trace;
import java.util.List;
import java.util.Optional;

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
    List<Trace> traces = set.calls().stream().map(set.tracer()::trace).toList();
    Answer answer =
        new Answer(set.version(), traces, Optional.of(matrix), set.assumed(), set.notConsidered());
    return new EgressExplainer.Explanation(
        AnswerFormat.named(request.format()).render(answer), set.problems());
  }
}
