package io.github.istioegress.generator;

import io.github.istioegress.manifest.JsonText;
import io.github.istioegress.page.FlowChart;
import io.github.istioegress.page.FlowPage;
import io.github.istioegress.reach.ReachReport;
import io.github.istioegress.reach.ReachText;
import io.github.istioegress.trace.TraceReport;
import io.github.istioegress.trace.TraceText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of an answer, by the names that a user says. */
enum AnswerFormat {
  /** For people, in words. */
  TEXT,
  /** For programs. */
  JSON,
  /** A flowchart for pages that draw Mermaid. */
  MERMAID,
  /** A page to look at. */
  HTML;

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException when there is none, naming those there are
   */
  static AnswerFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "format '%s' is not known: use one of %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(AnswerFormat::word)
                                .collect(Collectors.joining(", ")))));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String render(Answer answer) {
    return switch (this) {
      case TEXT -> text(answer);
      case JSON -> JsonText.of(json(answer));
      case MERMAID -> {
        if (answer.reach().isPresent()) {
          throw new IllegalArgumentException(
              "format 'mermaid' draws calls, and reach is a matrix: use text, json or html");
        }
        yield FlowChart.of(answer.traces());
      }
      case HTML -> html(answer);
    };
  }

  private static String text(Answer answer) {
    StringBuilder text = new StringBuilder();
    answer
        .assumed()
        .forEach(
            gateway ->
                text.append("assumed           ")
                    .append(Answer.assumption(gateway))
                    .append("\n\n"));
    text.append(answer.reach().map(ReachText::of).orElseGet(() -> TraceText.of(answer.traces())));
    text.append(answer.notConsidered().isEmpty() ? "" : "\n");
    answer
        .notConsidered()
        .forEach(
            resource ->
                text.append("not considered    ").append(Answer.omission(resource)).append('\n'));
    return text.toString();
  }

  private static Map<String, Object> json(Answer answer) {
    Map<String, Object> report = TraceReport.of(answer.version(), answer.traces());
    answer.reach().ifPresent(matrix -> report.put("reach", ReachReport.of(matrix)));
    if (!answer.assumed().isEmpty()) {
      report.put(
          "assumedGateways",
          answer.assumed().stream().map(g -> g.namespace() + "/" + g.name()).toList());
    }
    if (!answer.notConsidered().isEmpty()) {
      report.put("notConsidered", answer.notConsidered());
    }
    return report;
  }

  private static String html(Answer answer) {
    return FlowPage.of(
        answer.version(),
        answer.traces(),
        answer.reach(),
        Stream.concat(
                answer.assumed().stream().map(gateway -> "Assumed: " + Answer.assumption(gateway)),
                answer.notConsidered().stream()
                    .map(resource -> "Not considered: " + Answer.omission(resource)))
            .toList());
  }
}
