package io.github.istioegress.page;

import io.github.istioegress.page.Picture.Spot;
import io.github.istioegress.trace.Branch;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Way;

/** One call: how it ends, its picture, and what stands behind each stop. */
final class CallCard {

  private final Markup html;
  private final Trace trace;
  private final Picture picture;
  private final String id;

  CallCard(Markup html, Trace trace, String id) {
    this.html = html;
    this.trace = trace;
    this.picture = Picture.of(trace);
    this.id = id;
  }

  void write(boolean open) {
    String outcome = trace.outcome().name();
    String[] closed = {"class", "call", "id", id, "data-outcome", outcome};
    String[] opened = {"class", "call", "id", id, "data-outcome", outcome, "open", ""};
    html.line().open("details", open ? opened : closed);
    summary();
    html.open("div", "class", "body");
    result();
    html.open("div", "class", "picture");
    new FlowSvg(html, picture, id, new AcrossSheet()).write();
    new FlowSvg(html, picture, id, new DownSheet()).write();
    html.close();
    html.line().open("div", "class", "stops");
    StopPanel panel = new StopPanel(html, trace.call());
    for (Spot spot : picture.spots()) {
      if (!spot.node().isEnd() || spot.node().outcome().leaves()) {
        panel.write(spot, id, decides(spot));
      }
    }
    html.close().close().close();
  }

  private void summary() {
    Call call = trace.call();
    html.open("summary");
    badge(trace.outcome(), tone());
    html.open("span", "class", "what")
        .open("span", "class", "title", "role", "heading", "aria-level", "3");
    String asked = (call.method().equals("GET") ? "" : call.method() + " ") + call.url();
    boolean named = !asked.startsWith(call.name());
    html.text(named ? call.name() : asked).close();
    if (named) {
      html.text(" ").leaf("span", asked, "class", "url");
    }
    html.close().text(" ");
    String labels = Words.labels(call.from());
    html.open("span", "class", "from").text("from ").leaf("b", call.from().namespace());
    html.text(labels.isEmpty() ? "" : " " + labels).close().text(" ");
    html.leaf("span", trace.way() == Way.NONE ? "" : trace.way().text(), "class", "way");
    html.close();
  }

  private void badge(Outcome outcome, Tone tone) {
    html.leaf("span", outcome.name(), "class", "badge " + tone.word()).text(" ");
  }

  private void result() {
    Outcome outcome = trace.outcome();
    html.line().open("div", "class", "result " + tone().word());
    html.open("p").text("The call ").leaf("b", outcome.words());
    html.text(by(trace.way()) + ".").close();
    if (outcome != Outcome.EXTERNAL && outcome != Outcome.MIXED) {
      because(trace.branches().get(0).detail(), outcome);
    }
    if (outcome == Outcome.MIXED) {
      html.open("ul", "class", "branches");
      for (Branch branch : trace.branches()) {
        html.open("li");
        badge(branch.outcome(), Tone.of(branch.outcome()));
        html.text("weight " + branch.weight() + ": " + branch.detail()).close();
      }
      html.close();
    }
    if (!trace.remedy().isEmpty()) {
      said("Remedy", trace.remedy());
    }
    trace.warnings().forEach(warning -> said("Beware", warning));
    html.close();
  }

  /** A call that leaves wrongly is one to look at, though no proxy refuses it. */
  private Tone tone() {
    Tone tone = Tone.of(trace.outcome());
    return tone == Tone.GOOD && !trace.warnings().isEmpty() ? Tone.WARN : tone;
  }

  private static String by(Way way) {
    return switch (way) {
      case VIA_GATEWAY -> " through an egress gateway";
      case VIA_WAYPOINT -> " through a waypoint";
      case DIRECT -> " without a gateway";
      case NONE -> "";
    };
  }

  private void because(String detail, Outcome outcome) {
    String what = Tone.of(outcome) == Tone.BAD ? "What happens" : "Why";
    said(what, detail);
  }

  private void said(String what, String words) {
    html.open("p", "class", "said").leaf("b", what).text(" ").leaf("span", words).close();
  }

  /** The last proxy of a way that fails is what a reader looks for. */
  private static boolean decides(Spot spot) {
    return Tone.of(spot.node().outcome()) == Tone.BAD
        && spot.node().stop().isPresent()
        && spot.node().next().stream().anyMatch(Node::isEnd);
  }
}
