package io.github.istioegress.page;

import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to each call.
 *
 * @param traces the calls, in order
 */
record FlowSection(List<Trace> traces) implements Section {

  @Override
  public String id() {
    return "flows";
  }

  @Override
  public String title() {
    return "What happens to each call";
  }

  @Override
  public void write(Markup html) {
    filter(html);
    html.line().open("div", "class", "calls", "id", "calls");
    int number = 1;
    for (Trace trace : traces) {
      new CallCard(html, trace, "c" + number).write(number == 1);
      number++;
    }
    html.close();
    html.leaf("p", "No call is like that.", "class", "nothing", "id", "nothing", "hidden", "");
  }

  /** Hidden until the script shows it: without the script it could do nothing. */
  private void filter(Markup html) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    traces.forEach(trace -> counts.merge(trace.outcome(), 1, Integer::sum));
    html.line().open("form", "class", "filter", "id", "filter", "role", "search", "hidden", "");
    html.hollow(
        "input",
        "type",
        "search",
        "id",
        "words",
        "placeholder",
        "Filter: host, namespace, gateway, name ...",
        "aria-label",
        "Show calls that contain these words",
        "autocomplete",
        "off",
        "spellcheck",
        "false");
    html.open("div", "class", "chips", "role", "group", "aria-label", "Show outcomes");
    counts.forEach(
        (outcome, count) -> {
          html.line()
              .open(
                  "button",
                  "type",
                  "button",
                  "class",
                  "chip " + Tone.of(outcome).word(),
                  "data-outcome",
                  outcome.name(),
                  "aria-pressed",
                  "false");
          html.text(outcome.name() + " ").leaf("b", String.valueOf(count)).close();
        });
    html.close();
    html.leaf("output", "", "id", "count", "for", "words").close();
  }
}
