package io.github.istioegress.maven;

import io.github.istioegress.analysis.report.FindingReport;
import io.github.istioegress.analysis.report.ReportFormat;
import io.github.istioegress.analysis.report.TextStyle;
import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.maven.input.FindingOptions;
import io.github.istioegress.maven.input.InputOptions;
import io.github.istioegress.maven.input.ManifestInput;
import io.github.istioegress.maven.input.ManifestSet;
import io.github.istioegress.maven.project.RefusedException;
import io.github.istioegress.maven.report.Batch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Says what of any manifests will not do as intended, and where; needs no project. */
@Mojo(name = "analyze", requiresProject = false, threadSafe = true)
public final class AnalyzeMojo extends AbstractInputMojo {

  /** Fails at findings as grave as this: {@code error}, {@code warning} or {@code never}. */
  @Parameter(property = "istio-egress.failOn", defaultValue = "error")
  private String failOn = "error";

  /**
   * Findings that nobody wants to hear of: codes, {@code EGR402}, or a code about one resource,
   * {@code EGR402@ServiceEntry/shop/cnn}. A resource may say it itself, with the reason, by the
   * annotation {@code istio-egress.io/suppress: "EGR402: why"}.
   */
  @Parameter(property = "istio-egress.suppress")
  private List<String> suppress = List.of();

  /** For Maven. */
  public AnalyzeMojo() {}

  @Override
  void answer(InputOptions options) {
    FindingOptions limit = FindingOptions.parse(failOn);
    ReportFormat format = ReportFormat.named(options.format());
    FindingReport report =
        sets().stream()
            .map(set -> analyzed(set, options))
            .reduce(FindingReport::and)
            .orElseThrow(() -> new RefusedException("there are no manifests to analyze"));
    deliver(format.render(report, style()));
    limit.orRefuse(List.of(report));
  }

  @Override
  void answerEach(Path folder, InputOptions options) {
    FindingOptions limit = FindingOptions.parse(failOn);
    List<FindingReport> reports = new ArrayList<>();
    List<String> failed =
        new Batch(folder, "findings.json")
            .run(
                set -> {
                  ManifestInput input = new ManifestInput(set).lenient();
                  FindingReport report = analyzed(ManifestSet.given(input.set()), options);
                  reports.add(report);
                  return ReportFormat.JSON.render(report, TextStyle.PLAIN);
                });
    failed.forEach(getLog()::warn);
    limit.orRefuse(reports);
  }

  @Override
  ManifestInput reader() {
    return super.reader().lenient();
  }

  private FindingReport analyzed(ManifestSet set, InputOptions options) {
    return EgressAnalyzer.analyze(options.analysis(set, suppress));
  }
}
