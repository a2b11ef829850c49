package io.github.istioegress.page;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.reach.ReachMatrix;
import io.github.istioegress.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Traces, and who can reach what, as one page of HTML that needs nothing beside itself. */
public final class FlowPage {

  private FlowPage() {}

  /**
   * The page of calls.
   *
   * @param version the Istio release whose choices held
   * @param traces the traces, in the order of the calls
   * @param reach who can reach what, where that was asked
   * @param notes what a reader must know of the input, a sentence each
   */
  public static String of(
      IstioVersion version, List<Trace> traces, Optional<ReachMatrix> reach, List<String> notes) {
    List<Section> sections = new ArrayList<>();
    reach.ifPresent(matrix -> sections.add(new ReachSection(matrix)));
    if (!traces.isEmpty()) {
      sections.add(new FlowSection(traces));
    }
    String title = traces.isEmpty() ? "Who can reach what" : "Egress, hop by hop";
    return new HtmlPage(title, lead(version, traces, reach), notes, sections).text();
  }

  private static String lead(
      IstioVersion version, List<Trace> traces, Optional<ReachMatrix> reach) {
    String calls = counted(traces.size(), "call");
    String pairs =
        reach
            .map(
                m ->
                    counted(m.callers().size(), "caller")
                        + " by "
                        + counted(m.destinations().size(), "destination"))
            .orElse("");
    String what = traces.isEmpty() ? pairs : pairs.isEmpty() ? calls : pairs + ", and " + calls;
    return "%s, as Istio %s treats %s, told from manifests alone."
        .formatted(what, version, what.equals("1 call") ? "it" : "them");
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
