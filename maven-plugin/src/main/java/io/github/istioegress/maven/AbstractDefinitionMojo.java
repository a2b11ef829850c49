package io.github.istioegress.maven;

import io.github.istioegress.layout.OutputFolder;
import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.layout.Texts;
import io.github.istioegress.maven.input.FindingOptions;
import io.github.istioegress.maven.project.FleetPart;
import io.github.istioegress.maven.project.Generation;
import io.github.istioegress.maven.project.GenerationRequest;
import io.github.istioegress.maven.project.IsolatedGeneration;
import io.github.istioegress.maven.project.LayoutChoice;
import io.github.istioegress.maven.project.MavenModule;
import io.github.istioegress.maven.project.OutputOwners;
import io.github.istioegress.maven.report.FleetChanges;
import io.github.istioegress.maven.report.GenerationFindings;
import io.github.istioegress.maven.report.Removal;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What the goals share that run the module's definitions. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
abstract class AbstractDefinitionMojo extends AbstractEgressMojo {

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${plugin.version}", readonly = true)
  private String pluginVersion = "";

  /** The folder of the manifests; kept in git, so that a change of egress is seen in review. */
  @Parameter(
      property = "istio-egress.outputDirectory",
      defaultValue = "${project.basedir}/manifests")
  private File outputDirectory;

  /**
   * How the files lie: namespace (one file each, the default), tenant, apply-order, kustomize,
   * helm, argo-cd or flux.
   */
  @Parameter(property = "istio-egress.layout")
  private String layout = "";

  /** The URL of the Git repository that Argo CD or Flux delivers from. */
  @Parameter(property = "istio-egress.gitRepository")
  private String gitRepository = "";

  /** The branch that Argo CD or Flux delivers. */
  @Parameter(property = "istio-egress.gitBranch")
  private String gitBranch = "";

  /** The output directory as seen from the repository's root, for Argo CD or Flux. */
  @Parameter(property = "istio-egress.gitFolder")
  private String gitFolder = "";

  /** The target, {@code 1.31}; without it what the definition says. */
  @Parameter(property = "istio-egress.istioVersion")
  private String istioVersion = "";

  /** Names of tenants, or globs of them; files of other tenants stay as they are. */
  @Parameter(property = "istio-egress.tenants")
  private List<String> tenants = List.of();

  /** The share of the tenants to work on, {@code 3/16}; all shares together are the whole. */
  @Parameter(property = "istio-egress.shard")
  private String shard = "";

  /** How many seconds a class of the module may be at work without an end; 0 for any number. */
  @Parameter(property = "istio-egress.definitionTimeout", defaultValue = "300")
  private int definitionTimeout;

  /** Fails at findings as grave as this: {@code error}, {@code warning} or {@code never}. */
  @Parameter(property = "istio-egress.failOn", defaultValue = "error")
  private String failOn = "error";

  /** Findings that nobody wants to hear of: codes, or {@code EGR402@ServiceEntry/shop/cnn}. */
  @Parameter(property = "istio-egress.suppress")
  private List<String> suppress = List.of();

  @Override
  final void run() {
    FindingOptions limit = FindingOptions.parse(failOn);
    MavenModule module = MavenModule.of(project);
    FleetPart part = new FleetPart(module.folder(), tenants, shard);
    if (isDone(module, outputDirectory.toPath(), settings())) {
      take(module);
      return;
    }
    Optional<Generation> generation =
        new IsolatedGeneration(
                module.classPath(), Duration.ofSeconds(definitionTimeout), !session.isParallel())
            .run(
                new GenerationRequest(module.classNames(), istioVersion, choice(), part, suppress),
                getLog()::warn);
    if (generation.isEmpty()) {
      getLog().debug("no egress here: the module does not depend on istio-egress-dsl");
      return;
    }
    try (Texts files = generation.get().files()) {
      module.orRefuseUncompiled();
      conclude(generation.get(), files, module, part, limit);
    }
  }

  /** All parameters that decide what is written. */
  private Map<String, String> settings() {
    return Map.of(
        "version", pluginVersion,
        "layout", choice().toString(),
        "istioVersion", istioVersion,
        "tenants", tenants.toString(),
        "shard", shard,
        "failOn", failOn,
        "suppress", suppress.toString());
  }

  /** True where the goal has nothing to do, which it says. */
  boolean isDone(MavenModule module, Path output, Map<String, String> settings) {
    return false;
  }

  /** The build that the goal runs in. */
  final MavenSession session() {
    return session;
  }

  private void take(MavenModule module) {
    new OutputOwners(session.getRequest().getData())
        .take(outputDirectory.toPath(), module.folder());
  }

  private LayoutChoice choice() {
    return new LayoutChoice(layout, gitRepository, gitBranch, gitFolder);
  }

  private void conclude(
      Generation generation,
      Texts files,
      MavenModule module,
      FleetPart part,
      FindingOptions limit) {
    generation.calls().stream().filter(call -> !call.ok()).forEach(c -> getLog().error(c.line()));
    if (generation.isOfOtherVersion(pluginVersion)) {
      getLog().info("rendered by the module's istio-egress-dsl " + generation.version());
    }
    Path folder = outputDirectory.toPath();
    if (generation.isEmpty() && !module.owns(folder)) {
      getLog().debug("no egress here: no class of the module implements EgressDefinition");
      return;
    }
    generation.orRefuse();
    GenerationFindings findings = new GenerationFindings(generation);
    findings.log(getLog());
    findings.orRefuse(limit);
    if (!generation.isEmpty()) {
      take(module);
    }
    OutputPlan plan = OutputFolder.at(folder, module.folder()).plan(files, part.files(generation));
    if (generation.isEmpty() && plan.isUpToDate()) {
      getLog().debug("no egress here, and no manifest of a definition that is gone");
      return;
    }
    Removal removal = Removal.of(generation, plan, folder);
    new FleetChanges(generation, plan, removal).lines().forEach(getLog()::info);
    conclude(generation, plan, module.relative(folder), removal);
  }

  /** The output folder. */
  final Path outputFolder() {
    return outputDirectory.toPath();
  }

  /** Findings that nobody wants to hear of. */
  final List<String> suppressed() {
    return suppress;
  }

  /** Writes the plan or judges it; {@code folder} is the output folder's name for people. */
  abstract void conclude(Generation generation, OutputPlan plan, String folder, Removal removal);
}
