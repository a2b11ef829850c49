package io.github.istioegress.maven;

import io.github.istioegress.fleet.FleetNames;
import io.github.istioegress.maven.constants.ConstantSources;
import io.github.istioegress.maven.constants.SourceFolder;
import io.github.istioegress.maven.project.RefusedException;
import java.io.File;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** Writes Java constants for the names that tenants files give, and has them compiled. */
@Mojo(name = "generate-sources", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
public final class GenerateSourcesMojo extends AbstractEgressMojo {

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  /** Files of tenants, or folders of such files, seen from the module's folder. */
  @Parameter(property = "istio-egress.tenantFiles")
  private List<String> tenantFiles = List.of();

  /** The package of the constants, {@code com.acme.egress}. */
  @Parameter(property = "istio-egress.packageName")
  private String packageName = "";

  @Parameter(
      defaultValue = "${project.build.directory}/generated-sources/istio-egress",
      readonly = true)
  private File folder;

  /** For Maven. */
  public GenerateSourcesMojo() {}

  @Override
  void run() {
    if (tenantFiles.isEmpty()) {
      throw new RefusedException(
          "which tenants? Name their files in <tenantFiles>, or say -Distio-egress.tenantFiles=tenants");
    }
    ConstantSources sources =
        ConstantSources.of(
            packageName, FleetNames.read(project.getBasedir().toPath(), tenantFiles));
    sources.warnings().forEach(getLog()::warn);
    int changes = new SourceFolder(folder.toPath()).hold(sources.files());
    project.addCompileSourceRoot(folder.getPath());
    getLog()
        .info(
            "constants of %s in package %s: %s files, %s written or removed"
                .formatted(
                    String.join(", ", tenantFiles), packageName, sources.files().size(), changes));
  }
}
