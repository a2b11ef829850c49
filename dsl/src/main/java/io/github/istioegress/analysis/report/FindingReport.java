package io.github.istioegress.analysis.report;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was found in a set of manifests.
 *
 * @param istioVersion the release that judged, {@code 1.31}
 * @param findings what was found, by file, line and code
 * @param suppressed how many more there are that somebody does not want to hear of
 * @param unused suppressions said by option that suppress nothing
 * @param remarks what else is to be said, such as annotations that suppress nothing
 * @param sources the text of each file by its name, for excerpts
 */
public record FindingReport(
    String istioVersion,
    List<Finding> findings,
    int suppressed,
    List<String> unused,
    List<String> remarks,
    Map<String, String> sources) {

  /** Orders the findings. */
  public FindingReport {
    findings = findings.stream().sorted().toList();
    unused = List.copyOf(unused);
    remarks = List.copyOf(remarks);
    sources = Map.copyOf(sources);
  }

  /** Both as one; a suppression that one of them uses is used. */
  public FindingReport and(FindingReport other) {
    Map<String, String> files = new HashMap<>(sources);
    files.putAll(other.sources);
    return new FindingReport(
        istioVersion,
        Stream.concat(findings.stream(), other.findings.stream()).toList(),
        suppressed + other.suppressed,
        unused.stream().filter(other.unused::contains).toList(),
        Stream.concat(remarks.stream(), other.remarks.stream()).distinct().toList(),
        files);
  }

  /** How many findings have a severity. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** True where a finding is as grave as this, or graver. */
  public boolean has(Severity severity) {
    return findings.stream().anyMatch(one -> one.severity().compareTo(severity) <= 0);
  }

  /** All remarks, in words. */
  List<String> words() {
    return Stream.concat(
            remarks.stream(),
            unused.stream().map(one -> "istio-egress.suppress " + one + " suppresses nothing"))
        .toList();
  }
}
