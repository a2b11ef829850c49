package io.github.istioegress.examples.bench;

import io.github.istioegress.analysis.report.FindingReport;
import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a folder of manifests without Maven, as {@code analyze} does, and says what it takes. */
public final class AnalysisRun {

  private AnalysisRun() {}

  /**
   * Runs it.
   *
   * @param args the folder
   * @throws IOException when a file cannot be read
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: analyze FOLDER");
      System.exit(2);
    }
    Path folder = Path.of(args[0]);
    List<SourceFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path file : paths.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        files.add(new SourceFile(folder.relativize(file).toString(), Files.readString(file)));
      }
    }
    FindingReport report =
        EgressAnalyzer.analyze(
            new EgressAnalyzer.Request(
                files, Optional.empty(), OutboundTrafficPolicy.REGISTRY_ONLY, true, List.of()));
    System.out.printf(
        "%s files, %s findings, %.2f s since the JVM began%n",
        files.size(),
        report.findings().size(),
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    report.findings().stream().limit(5).forEach(System.out::println);
  }
}
