package io.github.istioegress.page;

import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.reach.ReachGroup;
import io.github.istioegress.reach.ReachMatrix;
import io.github.istioegress.trace.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Who can reach what, a card for callers of whom the same is to be said.
 *
 * @param matrix the callers by the destinations
 */
record ReachSection(ReachMatrix matrix) implements Section {

  /** How many callers the line of a card names. */
  private static final int NAMED = 3;

  @Override
  public String id() {
    return "reach";
  }

  @Override
  public String title() {
    return "Who can reach what";
  }

  @Override
  public void write(Markup html) {
    html.line().open("div", "class", "calls");
    int number = 1;
    for (ReachGroup group : ReachGroup.of(matrix)) {
      card(html, group, "r" + number);
      number++;
    }
    html.close();
  }

  private static void card(Markup html, ReachGroup group, String id) {
    html.line().open("details", "class", "call reach", "id", id, "open", "");
    html.open("summary").open("span", "class", "what");
    html.open("span", "class", "title", "role", "heading", "aria-level", "3");
    html.text(names(group.callers())).close().text(" ");
    html.leaf("span", group.proxy(), "class", "url").close();
    html.open("span", "class", "sums");
    counts(group).forEach((outcome, count) -> badge(html, outcome, count + " " + outcome));
    html.close().close();
    html.open("div", "class", "body");
    if (group.callers().size() > NAMED) {
      html.open("details", "class", "all");
      html.leaf("summary", "All " + group.callers().size() + " callers");
      html.leaf("p", String.join(", ", group.callers().stream().map(ReachCaller::name).toList()));
      html.close();
    }
    group.verdicts().forEach(verdict -> verdict(html, verdict));
    html.close().close();
  }

  private static void verdict(Markup html, ReachGroup.Verdict verdict) {
    html.line().open("div", "class", "verdict");
    badge(html, verdict.outcome(), verdict.outcome().name());
    html.open("div").open("ul", "class", "to");
    verdict.destinations().forEach(name -> html.leaf("li", name));
    html.close();
    verdict.sentences().forEach(said -> html.leaf("p", said));
    html.close().close();
  }

  private static void badge(Markup html, Outcome outcome, String words) {
    html.leaf("span", words, "class", "badge " + Tone.of(outcome).word()).text(" ");
  }

  private static Map<Outcome, Integer> counts(ReachGroup group) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    group
        .verdicts()
        .forEach(one -> counts.merge(one.outcome(), one.destinations().size(), Integer::sum));
    return counts;
  }

  private static String names(List<ReachCaller> callers) {
    String first = String.join(", ", callers.stream().limit(NAMED).map(ReachCaller::name).toList());
    return callers.size() <= NAMED ? first : first + " and " + (callers.size() - NAMED) + " more";
  }
}
