package io.github.istioegress.maven;

import io.github.istioegress.analysis.report.FindingReport;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.importer.Imported;
import io.github.istioegress.importer.Importer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.maven.input.InputOptions;
import io.github.istioegress.maven.input.ManifestInput;
import io.github.istioegress.maven.input.ManifestSet;
import io.github.istioegress.maven.project.RefusedException;
import io.github.istioegress.maven.report.ImportReport;
import io.github.istioegress.maven.source.DslSourceWriter;
import io.github.istioegress.maven.source.JavaProof;
import io.github.istioegress.maven.source.SourceTree;
import io.github.istioegress.maven.source.WrittenClass;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java definitions from manifests, and proves that they yield the same; needs no project.
 */
@Mojo(name = "import", requiresProject = false, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
public final class ImportMojo extends AbstractEgressMojo {

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  /** YAML files and folders, comma-separated; folders are read with all below them. */
  @Parameter(property = "istio-egress.input")
  private String input = "";

  /** The package of the definitions, {@code com.acme.egress}. */
  @Parameter(property = "istio-egress.packageName")
  private String packageName = "";

  /** The source root they go to; {@code src/main/java} where absent. */
  @Parameter(property = "istio-egress.sourceDirectory")
  private @Nullable File sourceDirectory;

  /** The release they are said for, {@code 1.31}; by default the newest of the API versions. */
  @Parameter(property = "istio-egress.istioVersion")
  private String istioVersion = "";

  /** Replaces files that are there with another text. */
  @Parameter(property = "istio-egress.overwrite", defaultValue = "false")
  private boolean overwrite;

  /** For Maven. */
  public ImportMojo() {}

  @Override
  void run() {
    if (input.isBlank()) {
      throw new RefusedException(
          "which manifests? Say -Distio-egress.input=manifests, files and folders");
    }
    List<SourceFile> files = new ManifestInput(base()).lenient().list(input);
    InputOptions options = InputOptions.parse(istioVersion, "ALLOW_ANY", "text");
    Imported imported = Importer.of(files, options.istioVersion());
    refuseWhatIsLost(imported);
    List<WrittenClass> written = DslSourceWriter.write(packageName, imported.definitions());
    boolean compiled = JavaProof.isPossible();
    if (compiled) {
      JavaProof.check(written);
    }
    FindingReport noticed =
        EgressAnalyzer.analyze(options.analysis(ManifestSet.given(files), List.of()));
    ImportReport.lines(imported, written, compiled, noticed).forEach(getLog()::info);
    if (imported.sentences() == 0) {
      throw new RefusedException("no sentence was recognized, so nothing was written");
    }
    Path root =
        sourceDirectory == null ? base().resolve("src/main/java") : sourceDirectory.toPath();
    List<Path> changed = new SourceTree(root).write(written, overwrite);
    changed.forEach(file -> getLog().info("written to " + file));
  }

  /** A document that was not read would be dropped in silence. */
  private static void refuseWhatIsLost(Imported imported) {
    List<String> lost =
        imported.findings().stream()
            .filter(finding -> finding.isError() && finding.resource().isEmpty())
            .map(Finding::toString)
            .toList();
    if (!lost.isEmpty()) {
      throw new RefusedException(
          "nothing was imported, for the input cannot be read whole: " + String.join("; ", lost));
    }
  }

  private Path base() {
    File folder = project.getBasedir();
    return folder == null ? Path.of(session.getExecutionRootDirectory()) : folder.toPath();
  }
}
