package io.github.istioegress.maven;

import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.maven.project.Generation;
import io.github.istioegress.maven.report.Drift;
import io.github.istioegress.maven.report.Removal;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

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

  /** For Maven. */
  public CheckMojo() {}

  @Override
  void conclude(Generation generation, OutputPlan plan, String folder, Removal removal) {
    Drift drift = new Drift(plan, folder, removal.asked());
    drift.orRefuse();
    getLog().info(drift.upToDate());
  }
}
