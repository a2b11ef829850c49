package io.github.istioegress.maven.report;

import io.github.istioegress.finding.Severity;
import io.github.istioegress.maven.input.FindingOptions;
import io.github.istioegress.maven.project.GeneratedDefinition;
import io.github.istioegress.maven.project.GeneratedDefinition.Told;
import io.github.istioegress.maven.project.Generation;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.logging.Log;

/**
 * What of the generated manifests will not do as intended.
 *
 * @param generation what the definitions yield
 */
public record GenerationFindings(Generation generation) {

  private static final int MOST = 50;

  /** Logs the first of each severity, and counts the rest. */
  public void log(Log log) {
    lines(Severity.ERROR).forEach(log::error);
    lines(Severity.WARNING).forEach(log::warn);
    lines(Severity.INFO).forEach(log::info);
  }

  private List<String> lines(Severity severity) {
    List<String> lines = all(severity);
    return lines.size() <= MOST
        ? lines
        : Stream.concat(
                lines.stream().limit(MOST), Stream.of("and %s more".formatted(lines.size() - MOST)))
            .toList();
  }

  private List<String> all(Severity severity) {
    return generation.definitions().stream()
        .map(GeneratedDefinition::findings)
        .flatMap(List::stream)
        .filter(told -> told.severity().equals(severity.name()))
        .map(Told::line)
        .toList();
  }

  /**
   * Stops, before anything is written, where a finding is as grave as was said.
   *
   * @throws io.github.istioegress.maven.project.RefusedException when there is one
   */
  public void orRefuse(FindingOptions limit) {
    limit.orRefuse(all(Severity.ERROR).size(), all(Severity.WARNING).size());
  }
}
