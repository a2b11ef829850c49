package io.github.istioegress.maven.report;

import io.github.istioegress.analysis.report.FindingReport;
import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.maven.input.InputOptions;
import io.github.istioegress.maven.input.ManifestInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is to be said of the manifests of a module as they stand in its folder.
 *
 * @param plan what writing them anew would change
 * @param suppress findings that nobody wants to hear of
 */
public record FolderFindings(OutputPlan plan, List<String> suppress) {

  /** The findings of each definition's manifests, and of files that were changed by hand. */
  public FindingReport of(Path folder) {
    InputOptions options = InputOptions.parse("", "REGISTRY_ONLY", "json");
    FindingReport drift = new FindingReport("", plan.findings(), 0, List.of(), List.of(), Map.of());
    if (!Files.isDirectory(folder)) {
      return drift;
    }
    return new ManifestInput(folder)
        .lenient().definitions(folder).stream()
            .map(set -> EgressAnalyzer.analyze(options.analysis(set, suppress)))
            .reduce(FindingReport::and)
            .map(this::withDrift)
            .orElse(drift);
  }

  private FindingReport withDrift(FindingReport found) {
    return new FindingReport(
        found.istioVersion(),
        Stream.concat(found.findings().stream(), plan.findings().stream()).toList(),
        found.suppressed(),
        found.unused(),
        found.remarks(),
        found.sources());
  }
}
