package io.github.istioegress.maven;

import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.maven.lastrun.Ingredients;
import io.github.istioegress.maven.lastrun.LastRun;
import io.github.istioegress.maven.project.Generation;
import io.github.istioegress.maven.project.MavenModule;
import io.github.istioegress.maven.report.Drift;
import io.github.istioegress.maven.report.GenerationReport;
import io.github.istioegress.maven.report.Removal;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Writes the manifests of the module's definitions, as {@code generate} does, in a build that
 * compiles anyway: bind this one.
 */
@Mojo(
    name = "generate-no-fork",
    defaultPhase = LifecyclePhase.PROCESS_CLASSES,
    requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
    threadSafe = true)
public sealed class GenerateNoForkMojo extends AbstractDefinitionMojo permits GenerateMojo {

  /**
   * How many tenants may go, where it is half of them or more; a run that stops says the number.
   */
  @Parameter(property = "istio-egress.removeTenants", defaultValue = "0")
  private int removeTenants;

  /** True to do all the work again even if nothing changed since the last run. */
  @Parameter(property = "istio-egress.force", defaultValue = "false")
  private boolean force;

  private Optional<LastRun> last = Optional.empty();

  /** For Maven. */
  public GenerateNoForkMojo() {}

  @Override
  final boolean isDone(MavenModule module, Path output, Map<String, String> settings) {
    if (!Files.isDirectory(module.classes())) {
      return false;
    }
    String name = "last-run-" + Integer.toHexString(module.relative(output).hashCode());
    try {
      LastRun run =
          LastRun.before(
              module.build().resolve("istio-egress").resolve(name),
              output,
              new Ingredients(
                  settings,
                  System.getenv(),
                  session().getSystemProperties(),
                  session().getUserProperties(),
                  module));
      last = Optional.of(run);
      if (!force && run.holds()) {
        getLog()
            .info(
                "%s: nothing changed since the last run, which -Distio-egress.force=true repeats"
                    .formatted(module.relative(output)));
        return true;
      }
    } catch (UncheckedIOException e) {
      getLog().debug("nothing is known of the last run", e);
    }
    return false;
  }

  @Override
  final void conclude(Generation generation, OutputPlan plan, String folder, Removal removal) {
    new Drift(plan, folder, removal.asked()).orRefuseWriting();
    removal.orRefuse(folder, removeTenants);
    plan.write();
    remember(generation);
    new GenerationReport(generation, plan, folder).lines().forEach(getLog()::info);
  }

  private void remember(Generation generation) {
    try {
      last.ifPresent(run -> generation.inputs().ifPresent(run::remember));
    } catch (UncheckedIOException e) {
      getLog().debug("the next run will do all again", e);
    }
  }
}
