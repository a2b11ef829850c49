package io.github.istioegress.maven;

import io.github.istioegress.analysis.report.FindingReport;
import io.github.istioegress.analysis.report.ReportFormat;
import io.github.istioegress.analysis.report.TextStyle;
import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.maven.project.Generation;
import io.github.istioegress.maven.report.Delivered;
import io.github.istioegress.maven.report.Drift;
import io.github.istioegress.maven.report.FolderFindings;
import io.github.istioegress.maven.report.Removal;
import java.io.File;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Fails when the manifests are not those that the module's definitions yield, with a diff and the
 * command that repairs it; never writes.
 */
@Mojo(
    name = "check",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
    threadSafe = true)
public final class CheckMojo extends AbstractDefinitionMojo {

  /** {@code text}, {@code json}, {@code sarif}, {@code junit} or {@code github}. */
  @Parameter(property = "istio-egress.format", defaultValue = "text")
  private String format = "text";

  /** The file to write; without it text goes to the log and other formats to standard output. */
  @Parameter(property = "istio-egress.report")
  private @Nullable File report;

  /** For Maven. */
  public CheckMojo() {}

  @Override
  void conclude(Generation generation, OutputPlan plan, String folder, Removal removal) {
    if (report != null || !format.equals("text")) {
      // Of what stands in the folder, which is what a reviewer sees: drift is a finding there, too.
      FindingReport found = new FolderFindings(plan, suppressed()).of(outputFolder());
      Delivered.to(
          ReportFormat.named(format).render(found, TextStyle.PLAIN), format, report, getLog());
    }
    Drift drift = new Drift(plan, folder, removal.asked());
    drift.orRefuse();
    getLog().info(drift.upToDate());
  }
}
