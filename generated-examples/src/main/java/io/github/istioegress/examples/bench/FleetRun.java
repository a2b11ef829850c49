package io.github.istioegress.examples.bench;

import io.github.istioegress.fleet.Fleet;
import io.github.istioegress.fleet.HostRegistry;
import io.github.istioegress.generator.EgressGenerator;
import io.github.istioegress.generator.GenerationFigures;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.layout.OutputFolder;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.layout.Texts;
import io.github.istioegress.layout.WriteResult;
import io.github.istioegress.mesh.IstioVersion;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One full run over a tenants file, without Maven: expand, render, read back, trace every declared
 * call, write. Every tenant leaves through the one shared gateway, locked down and with hosts of
 * its own alone.
 */
public final class FleetRun {

  private FleetRun() {}

  /**
   * Runs it.
   *
   * @param args the tenants file, and the folder to write
   */
  public static void main(String[] args) {
    if (args.length != 2) {
      System.err.println("usage: run TENANTS OUT");
      System.exit(2);
    }
    EgressGateway gateway = EgressGateway.istioDefault();
    Fleet fleet =
        Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
            .tenants(args[0])
            .each(tenant -> tenant.through(gateway))
            .hosts(HostRegistry.exclusive());
    Path here = Path.of("").toAbsolutePath();
    try (Texts files = new Texts()) {
      GenerationFigures figures =
          new EgressGenerator(OutputLayouts.byDefault(), Optional.empty())
              .generate("fleet", fleet.parts(fleet.tenants(here)), files::put);
      OutputPlan plan = OutputFolder.at(Path.of(args[1]), here).plan(files, path -> true);
      WriteResult result = plan.write();
      System.out.printf(
          "%s resources, %s calls traced as said, %s files written, %s unchanged%n",
          figures.resources(), figures.calls(), result.written().size(), result.unchanged());
    }
  }
}
