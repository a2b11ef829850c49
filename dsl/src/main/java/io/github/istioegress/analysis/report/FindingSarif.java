package io.github.istioegress.analysis.report;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.FindingCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.manifest.JsonText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Findings as SARIF 2.1.0, which code scanning reads. */
final class FindingSarif {

  private static final Pattern DEFINITION = Pattern.compile("([\\w.$]+):(\\d+)");

  private FindingSarif() {}

  static String of(FindingReport report) {
    List<FindingCode> rules =
        report.findings().stream()
            .map(Finding::code)
            .distinct()
            .sorted(FindingSarif::order)
            .toList();
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "istio-egress");
    driver.put("rules", rules.stream().map(FindingSarif::rule).toList());
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("columnKind", "unicodeCodePoints");
    run.put("results", report.findings().stream().map(one -> result(one, rules)).toList());
    Map<String, Object> sarif = new LinkedHashMap<>();
    sarif.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    sarif.put("version", "2.1.0");
    sarif.put("runs", List.of(run));
    return JsonText.of(sarif);
  }

  private static int order(FindingCode one, FindingCode other) {
    return one.code().compareTo(other.code());
  }

  private static Map<String, Object> rule(FindingCode code) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("id", code.code());
    rule.put("shortDescription", text(code.title()));
    Map<String, Object> help = text(code.page());
    help.put("markdown", code.page());
    rule.put("help", help);
    rule.put("defaultConfiguration", Map.of("level", level(code.severity())));
    return rule;
  }

  private static Map<String, Object> result(Finding finding, List<FindingCode> rules) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", finding.code().code());
    result.put("ruleIndex", rules.indexOf(finding.code()));
    result.put("level", level(finding.severity()));
    result.put("message", text(finding.message() + ". " + finding.remedy() + "."));
    Map<String, Object> location = new LinkedHashMap<>();
    if (!finding.location().file().isEmpty()) {
      location.put(
          "physicalLocation",
          place(finding.location().file(), finding.location().line(), finding.location().column()));
    }
    finding
        .resource()
        .ifPresent(
            resource ->
                location.put(
                    "logicalLocations",
                    List.of(Map.of("fullyQualifiedName", resource.path() + " " + finding.path()))));
    result.put("locations", List.of(location));
    Matcher definition = DEFINITION.matcher(finding.definition());
    if (definition.matches()) {
      String file = definition.group(1).replaceAll("\\$.*", "").replace('.', '/') + ".java";
      Map<String, Object> related = new LinkedHashMap<>();
      related.put("id", 1);
      related.put("message", text("said here"));
      related.put("physicalLocation", place(file, Integer.parseInt(definition.group(2)), 1));
      result.put("relatedLocations", List.of(related));
    }
    return result;
  }

  private static Map<String, Object> place(String file, int line, int column) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("artifactLocation", Map.of("uri", uri(file)));
    if (line > 0) {
      Map<String, Object> region = new LinkedHashMap<>();
      region.put("startLine", line);
      region.put("startColumn", Math.max(1, column));
      place.put("region", region);
    }
    return place;
  }

  private static String uri(String file) {
    try {
      return new URI(null, null, file, null).toASCIIString();
    } catch (URISyntaxException e) {
      return file;
    }
  }

  private static Map<String, Object> text(String words) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("text", words);
    return text;
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }
}
