package io.github.istioegress.analysis.report;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.FindingCode;
import io.github.istioegress.finding.Location;
import io.github.istioegress.finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings for people, each with the line of the manifest; the first of many. */
final class FindingText {

  /** As many of one code as people read. */
  static final int MOST_OF_A_CODE = 20;

  private static final int LONGEST_LINE = 160;

  private final FindingReport report;
  private final TextStyle style;
  private final Map<String, List<String>> lines = new HashMap<>();
  private final StringBuilder text = new StringBuilder();

  private FindingText(FindingReport report, TextStyle style) {
    this.report = report;
    this.style = style;
  }

  static String of(FindingReport report, TextStyle style) {
    return new FindingText(report, style).written();
  }

  private String written() {
    Map<FindingCode, Integer> shown = new HashMap<>();
    Map<String, Integer> more = new TreeMap<>();
    for (Finding finding : report.findings()) {
      if (shown.merge(finding.code(), 1, Integer::sum) <= MOST_OF_A_CODE) {
        finding(finding);
      } else {
        more.merge(finding.code().code(), 1, Integer::sum);
      }
    }
    more.forEach((code, count) -> line("%s: %s more of it".formatted(code, count)));
    report.words().forEach(this::line);
    line(summary());
    return text.toString();
  }

  private void finding(Finding finding) {
    line(
        "%s %s: %s"
            .formatted(
                style.graveAs(finding.severity(), finding.severity().name()),
                style.graveAs(finding.severity(), finding.code().code()),
                style.strong(finding.code().title())));
    String place =
        Stream.of(
                finding.location().toString(),
                finding.resource().map(Object::toString).orElse(""),
                finding.path(),
                finding.definition().isEmpty() ? "" : "said at " + finding.definition())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("  "));
    line("  --> " + place);
    excerpt(finding.location());
    line("  " + finding.message() + ".");
    line("  remedy: " + finding.remedy() + ".");
    finding.trace().lines().forEach(trace -> line("  call: " + trace));
    text.append('\n');
  }

  /** The line, and a caret below the column. */
  private void excerpt(Location location) {
    List<String> source =
        lines.computeIfAbsent(
            location.file(), file -> report.sources().getOrDefault(file, "").lines().toList());
    if (location.line() < 1 || location.line() > source.size()) {
      return;
    }
    String line = source.get(location.line() - 1).replace('\t', ' ');
    String number = String.valueOf(location.line());
    if (line.length() <= LONGEST_LINE) {
      line("  %s | %s".formatted(number, line));
      line(
          "  %s | %s%s"
              .formatted(
                  " ".repeat(number.length()),
                  " ".repeat(Math.max(0, location.column() - 1)),
                  style.strong("^")));
    }
  }

  private String summary() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      counts.put(severity.name().toLowerCase(Locale.ROOT), report.count(severity));
    }
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (word, count) -> {
          if (count > 0) {
            parts.add(count + " " + word + (count > 1 && !word.equals("info") ? "s" : ""));
          }
        });
    String found = parts.isEmpty() ? "nothing found" : String.join(", ", parts);
    return report.suppressed() == 0
        ? found
        : "%s, %s suppressed".formatted(found, report.suppressed());
  }

  private void line(String words) {
    text.append(words).append('\n');
  }
}
