package io.github.istioegress.analysis.report;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;

/** Findings as the report of a test run: each finding is a case, and one that fails by severity. */
final class FindingJUnit {

  private FindingJUnit() {}

  static String of(FindingReport report) {
    long failures = report.findings().size() - report.count(Severity.INFO);
    int cases = Math.max(1, report.findings().size());
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        "<testsuite name=\"istio-egress:analyze\" tests=\"%s\" failures=\"%s\" errors=\"0\" skipped=\"0\">\n"
            .formatted(cases, failures));
    report.findings().forEach(finding -> testCase(xml, finding));
    if (report.findings().isEmpty()) {
      xml.append("  <testcase classname=\"istio-egress\" name=\"nothing found\"/>\n");
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static void testCase(StringBuilder xml, Finding finding) {
    String what = finding.resource().map(Object::toString).orElse(finding.location().file());
    xml.append(
        "  <testcase classname=\"%s\" name=\"%s\" file=\"%s\" line=\"%s\">\n"
            .formatted(
                escaped("istio-egress." + finding.code().code()),
                escaped(finding.code().title() + ": " + what + " " + finding.path()),
                escaped(finding.location().file()),
                finding.location().line()));
    String words =
        escaped(
            "%s%n%s.%n%s.%n%s"
                .formatted(finding.location(), finding.message(), finding.remedy(), finding.trace())
                .replace(System.lineSeparator(), "\n"));
    if (finding.severity() == Severity.INFO) {
      xml.append("    <system-out>").append(words).append("</system-out>\n");
    } else {
      xml.append(
          "    <failure type=\"%s\" message=\"%s\">%s</failure>\n"
              .formatted(finding.severity(), escaped(finding.message()), words));
    }
    xml.append("  </testcase>\n");
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                default -> escaped.appendCodePoint(isXml(c) ? c : '?');
              }
            });
    return escaped.toString();
  }

  /** What XML 1.0 can hold at all. */
  private static boolean isXml(int c) {
    return c == '\t' || (c >= ' ' && c < 0xD800) || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF);
  }
}
