package io.github.istioegress.page;

import io.github.istioegress.page.Picture.Line;
import io.github.istioegress.page.Picture.Spot;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Traces as a flowchart of Mermaid: a subgraph for each lane, a line for each connection. */
public final class FlowChart {

  private static final String REFUSED = "refused";
  private static final String WARNED = "warned";

  private FlowChart() {}

  /** One flowchart; of several calls each stands in a subgraph of its own. */
  public static String of(List<Trace> traces) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (int i = 0; i < traces.size(); i++) {
      boolean several = traces.size() > 1;
      String id = several ? "c" + (i + 1) : "";
      if (several) {
        text.append("  subgraph %s[%s]\n".formatted(id, Label.of(title(traces.get(i)))));
        text.append("    direction LR\n");
      }
      call(text, Picture.of(traces.get(i)), id, several ? "    " : "  ");
      if (several) {
        text.append("  end\n");
      }
    }
    return text.append("  classDef refused stroke:#b3261e,stroke-width:2px,color:#b3261e\n")
        .append("  classDef warned stroke:#8a5300,stroke-width:2px\n")
        .toString();
  }

  private static String title(Trace trace) {
    return "%s from %s: %s"
        .formatted(trace.call().name(), trace.call().from().namespace(), trace.outcome());
  }

  private static void call(StringBuilder text, Picture picture, String id, String indent) {
    for (Lane lane : Lane.values()) {
      List<Spot> spots =
          picture.spots().stream()
              .filter(spot -> spot.node().lane() == lane && !isUnreached(spot))
              .toList();
      if (!spots.isEmpty()) {
        text.append(
            "%ssubgraph %s%s[%s]\n"
                .formatted(
                    indent,
                    id,
                    lane.name().toLowerCase(java.util.Locale.ROOT),
                    Label.of(picture.title(lane))));
        spots.forEach(spot -> text.append(indent).append("  ").append(stop(picture, spot, id)));
        text.append(indent).append("end\n");
      }
    }
    picture.spots().stream()
        .filter(FlowChart::isUnreached)
        .forEach(spot -> text.append(indent).append(end(spot, id)));
    picture.lines().stream()
        .sorted(Comparator.comparingInt(line -> line.to().number()))
        .forEach(line -> text.append(indent).append(line(line, id)));
    marks(text, picture, id, indent);
  }

  private static boolean isUnreached(Spot spot) {
    return spot.node().isEnd() && !spot.node().outcome().leaves();
  }

  private static String stop(Picture picture, Spot spot, String id) {
    Words words = Words.of(picture.call(), spot);
    String said = spot.node().depth() == 0 ? picture.call().url() : words.does();
    return "%s[%s]\n".formatted(name(spot, id), Label.of(words.fullName(), said));
  }

  private static String end(Spot spot, String id) {
    return "%s{{%s}}\n"
        .formatted(
            name(spot, id),
            Label.of(spot.node().outcome().name(), spot.node().first().branch().detail()));
  }

  private static String line(Line line, String id) {
    Node to = line.to().node();
    String share = line.share();
    boolean ends = isUnreached(line.to());
    String words =
        ends
            ? share
            : Stream.of(share, to.arriving().words())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    String arrow = ends && to.outcome() != Outcome.MESH ? "--x" : "-->";
    return "%s %s%s %s\n"
        .formatted(
            name(line.from(), id),
            arrow,
            words.isEmpty() ? "" : "|" + Label.of(words) + "|",
            name(line.to(), id));
  }

  private static void marks(StringBuilder text, Picture picture, String id, String indent) {
    for (Spot spot : picture.spots()) {
      Tone tone = Tone.of(spot.node().outcome());
      if (spot.node().isEnd() && (tone == Tone.BAD || tone == Tone.WARN)) {
        text.append(
            "%sclass %s %s\n"
                .formatted(indent, name(spot, id), tone == Tone.BAD ? REFUSED : WARNED));
      }
    }
  }

  private static String name(Spot spot, String id) {
    return id + "s" + spot.number();
  }
}
