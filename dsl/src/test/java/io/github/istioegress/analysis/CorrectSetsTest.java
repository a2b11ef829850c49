package io.github.istioegress.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documented patterns, written by hand in several correct ways: one VirtualService or two, in
 * the application's namespace, the gateway's or the root namespace. Each does what its first line
 * says, and nothing is found in it.
 */
class CorrectSetsTest {

  private static final Path FOLDER =
      Path.of("src/test/resources/io/github/istioegress/analysis/correct");

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static SourceFile source(Path file) throws IOException {
    return new SourceFile(String.valueOf(file.getFileName()), Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingIsFound(Path file) throws IOException {
    for (OutboundTrafficPolicy policy : OutboundTrafficPolicy.values()) {
      List<Finding> findings =
          EgressAnalyzer.analyze(
                  new EgressAnalyzer.Request(
                      List.of(source(file)), Optional.empty(), policy, false, List.of()))
              .findings();
      assertThat(findings.stream().filter(one -> one.severity() != Severity.INFO))
          .as("%s", findings)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theCallLeavesAsItIsMeantTo(Path file) throws IOException {
    SourceFile source = source(file);
    String[] said = source.text().lines().findFirst().orElse("").substring(8).split(" ", -1);
    ReadManifests read = new ManifestReader().read(List.of(source));
    MeshConfig config =
        MeshConfig.istioDefault().withOutboundTrafficPolicy(OutboundTrafficPolicy.REGISTRY_ONLY);
    Caller web =
        new Caller("shop", Map.of("app", "web", "sidecar.istio.io/inject", "true"), "default");
    Call call = Call.to(web, said[0]);
    Trace trace =
        Tracer.of(read.resources(), List.of(), config, IstioVersion.V1_31)
            .trace(said.length > 2 ? call.with("", said[1], "", Map.of()) : call);
    assertThat(trace.outcome()).as("%s", trace).isEqualTo(Outcome.EXTERNAL);
    assertThat(trace.way().text()).isEqualTo(said[said.length - 1]);
  }
}
