package io.github.istioegress.maven;

import io.github.istioegress.analysis.report.TextStyle;
import io.github.istioegress.maven.input.InputOptions;
import io.github.istioegress.maven.input.ManifestInput;
import io.github.istioegress.maven.input.ManifestSet;
import io.github.istioegress.maven.project.RefusedException;
import io.github.istioegress.maven.report.Delivered;
import io.github.istioegress.maven.report.MessageStyle;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What the goals share that read manifests, with or without a project. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
abstract class AbstractInputMojo extends AbstractEgressMojo {

  private static final String FOLDER = "manifests";

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  /**
   * YAML files and folders, comma-separated; folders are read with all below them. Without it the
   * module's own manifests.
   */
  @Parameter(property = "istio-egress.input")
  private String input = "";

  /** The folder of the module's own manifests; {@code manifests} where absent. */
  @Parameter(property = "istio-egress.outputDirectory")
  private @Nullable File outputDirectory;

  /**
   * A folder instead of {@code input}: each of its sub-folders is a set of its own and gets its
   * answer as a JSON file.
   */
  @Parameter(property = "istio-egress.batch")
  private @Nullable File batch;

  /** The release that judges, {@code 1.31}. */
  @Parameter(property = "istio-egress.istioVersion")
  private String istioVersion = "";

  /** {@code REGISTRY_ONLY} or {@code ALLOW_ANY}, where the input has no mesh configuration. */
  @Parameter(property = "istio-egress.outboundTrafficPolicy", defaultValue = "ALLOW_ANY")
  private String outboundTrafficPolicy = "ALLOW_ANY";

  /**
   * {@code text} or {@code json}; of explain also {@code mermaid} or {@code html}, of analyze also
   * {@code sarif}, {@code junit} or {@code github}.
   */
  @Parameter(property = "istio-egress.format", defaultValue = "text")
  private String format = "text";

  /** The file to write; without it text goes to the log and JSON to standard output. */
  @Parameter(property = "istio-egress.report")
  private @Nullable File report;

  @Override
  final void run() {
    if (batch != null) {
      answerEach(batch.toPath(), options("json"));
    } else {
      answer(options(format));
    }
  }

  /** Answers for one set, the manifests of {@link #sets}. */
  abstract void answer(InputOptions options);

  /** Answers for each sub-folder. */
  abstract void answerEach(Path folder, InputOptions options);

  /**
   * The sets of manifests to judge: what was named as one, or each definition's as its own.
   *
   * @throws RefusedException when none were named and there are none of one module
   */
  final List<ManifestSet> sets() {
    return input.isEmpty()
        ? reader().definitions(own())
        : List.of(ManifestSet.given(reader().list(input)));
  }

  /** This module's folder, or that of the one module below that has any: Maven asks us once. */
  private Path own() {
    Path own = outputDirectory == null ? base().resolve(FOLDER) : outputDirectory.toPath();
    if (Files.isDirectory(own)) {
      return own;
    }
    List<Path> below =
        session.getProjects().stream()
            .map(MavenProject::getBasedir)
            .filter(Objects::nonNull)
            .map(module -> module.toPath().resolve(FOLDER))
            .filter(Files::isDirectory)
            .toList();
    if (below.size() == 1) {
      return below.get(0);
    }
    throw new RefusedException(
        below.isEmpty()
            ? own + " does not exist: run mvn istio-egress:generate, or say -Distio-egress.input="
            : "several modules have manifests, say one with -pl or -Distio-egress.input=: "
                + below);
  }

  ManifestInput reader() {
    return new ManifestInput(base());
  }

  /** Hands the answer out: to the file asked for, else text to the log, else standard output. */
  final void deliver(String answer) {
    Delivered.to(answer, format, report, getLog());
  }

  /** How parts of a text stand out: in colours where the log shows it. */
  final TextStyle style() {
    return report == null ? new MessageStyle() : TextStyle.PLAIN;
  }

  private InputOptions options(String wanted) {
    return InputOptions.parse(istioVersion, outboundTrafficPolicy, wanted);
  }

  private Path base() {
    File folder = project.getBasedir();
    return folder == null ? Path.of(session.getExecutionRootDirectory()) : folder.toPath();
  }
}
