package io.github.istioegress.analysis.report;

import io.github.istioegress.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/** Findings as GitHub's workflow commands, which put them beside the lines of a pull request. */
final class FindingGitHub {

  private FindingGitHub() {}

  static String of(FindingReport report) {
    StringBuilder text = new StringBuilder();
    report.findings().forEach(finding -> text.append(line(finding)).append('\n'));
    if (report.findings().isEmpty()) {
      text.append("::notice title=istio-egress::nothing found\n");
    }
    return text.toString();
  }

  private static String line(Finding finding) {
    List<String> properties = new ArrayList<>();
    if (!finding.location().file().isEmpty()) {
      properties.add("file=" + property(finding.location().file()));
    }
    if (finding.location().line() > 0) {
      properties.add("line=" + finding.location().line());
      properties.add("col=" + finding.location().column());
    }
    properties.add("title=" + property(finding.code().code() + " " + finding.code().title()));
    String words = finding.message() + ". " + finding.remedy() + ".";
    return "::%s %s::%s".formatted(level(finding), String.join(",", properties), data(words));
  }

  private static String level(Finding finding) {
    return switch (finding.severity()) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "notice";
    };
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
