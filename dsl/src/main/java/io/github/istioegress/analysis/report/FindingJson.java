package io.github.istioegress.analysis.report;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.manifest.JsonText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Findings as the JSON that others build on. */
final class FindingJson {

  private FindingJson() {}

  static String of(FindingReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("istioVersion", report.istioVersion());
    json.put("findings", report.findings().stream().map(FindingJson::finding).toList());
    Map<String, Object> summary = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      summary.put(severity.name().toLowerCase(Locale.ROOT), report.count(severity));
    }
    if (report.suppressed() > 0) {
      summary.put("suppressed", report.suppressed());
    }
    json.put("summary", summary);
    if (!report.words().isEmpty()) {
      json.put("remarks", report.words());
    }
    return JsonText.of(json);
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", finding.code().code());
    json.put("severity", finding.severity().name());
    json.put("title", finding.code().title());
    json.put("message", finding.message());
    json.put("remedy", finding.remedy());
    // A finding about a file has an empty one: readers need not ask.
    json.put("resource", subject(finding.resource().orElse(new Subject("", "", ""))));
    json.put("path", finding.path());
    json.put("file", finding.location().file());
    json.put("line", finding.location().line());
    json.put("column", finding.location().column());
    if (!finding.definition().isEmpty()) {
      json.put("definition", finding.definition());
    }
    json.put("related", finding.related().stream().map(FindingJson::subject).toList());
    if (!finding.trace().isEmpty()) {
      json.put("trace", finding.trace());
    }
    return json;
  }

  private static Map<String, Object> subject(Subject subject) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", subject.kind());
    json.put("namespace", subject.namespace());
    json.put("name", subject.name());
    return json;
  }
}
