package io.github.istioegress.generator;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.trace.Trace;
import java.util.List;
import java.util.Optional;

/** Says what happens to calls, for any manifests. */
public final class EgressExplainer {

  private EgressExplainer() {}

  /** What holds of gateways that routes lead to but no manifest shows. */
  public enum MissingGateways {
    /** They are not there, as Istio would see it. */
    STAY_MISSING,
    /** They are assumed to be as the routes need them, and the answer says so. */
    ARE_ASSUMED
  }

  /**
   * What to explain.
   *
   * @param input the manifests
   * @param calls a file of calls; empty text where {@code call} says the one
   * @param call a call by its URL; empty where {@code calls} says them
   * @param from the caller of {@code call}, {@code namespace} or {@code namespace/key=value}; empty
   *     for the only namespace of the manifests that has routes or hosts
   * @param istioVersion the release; empty for the newest
   * @param outboundTrafficPolicy the policy of a mesh of which the manifests say nothing
   * @param missingGateways what holds of gateways that no manifest shows
   * @param format {@code text}, {@code json}, {@code mermaid} or {@code html}
   */
  public record Request(
      List<SourceFile> input,
      Optional<SourceFile> calls,
      String call,
      String from,
      Optional<IstioVersion> istioVersion,
      OutboundTrafficPolicy outboundTrafficPolicy,
      MissingGateways missingGateways,
      String format) {}

  /**
   * The answer.
   *
   * @param text what happens, in the format asked for
   * @param problems what of the manifests could not be read or was lost
   */
  public record Explanation(String text, List<Finding> problems) {}

  /**
   * Explains calls.
   *
   * @throws IllegalArgumentException when the request is not of the documented form, or the
   *     manifests cannot be read
   */
  public static Explanation explain(Request request) {
    TracedSet set = TracedSet.of(request);
    if (set.calls().isEmpty()) {
      throw new IllegalArgumentException(
          "no call to explain: say one, such as http://edition.cnn.com/politics, or a file of calls");
    }
    List<Trace> traces = set.calls().stream().map(set.tracer()::trace).toList();
    Answer answer =
        new Answer(set.version(), traces, Optional.empty(), set.assumed(), set.notConsidered());
    return new Explanation(AnswerFormat.named(request.format()).render(answer), set.problems());
  }
}
