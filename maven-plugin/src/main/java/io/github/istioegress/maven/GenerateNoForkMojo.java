package io.github.istioegress.maven;

import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.maven.project.Generation;
import io.github.istioegress.maven.report.Drift;
import io.github.istioegress.maven.report.GenerationReport;
import io.github.istioegress.maven.report.Removal;
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

  /** For Maven. */
  public GenerateNoForkMojo() {}

  @Override
  final void conclude(Generation generation, OutputPlan plan, String folder, Removal removal) {
    new Drift(plan, folder, removal.asked()).orRefuseWriting();
    removal.orRefuse(folder, removeTenants);
    plan.write();
    new GenerationReport(generation, plan, folder).lines().forEach(getLog()::info);
  }
}
