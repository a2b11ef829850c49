package io.github.istioegress.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.istioegress.generator.EgressExplainer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes random cases as folders: manifests, calls, and what the tracer says of them. */
final class DifferentialCases {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  /** One case of so many is of pods in ambient mode. */
  private static final int AMBIENT_EVERY = 5;

  private DifferentialCases() {}

  /**
   * One case.
   *
   * @param manifests the manifests
   * @param calls the calls file
   * @param flows the tracer's answer, as JSON
   */
  record Case(String manifests, String calls, String flows) {}

  static Case make(long seed) {
    if (seed % AMBIENT_EVERY == 0) {
      RandomAmbient ambient = new RandomAmbient(seed);
      return of(documents(ambient.documents()), yaml(ambient.calls()));
    }
    RandomMesh mesh = new RandomMesh(seed);
    return of(documents(mesh.documents()), yaml(mesh.calls()));
  }

  private static String documents(List<Map<String, Object>> documents) {
    return String.join("---\n", documents.stream().map(DifferentialCases::yaml).toList());
  }

  /** The case of manifests and calls that are given as text. */
  static Case of(String manifests, String calls) {
    String flows =
        EgressExplainer.explain(
                new EgressExplainer.Request(
                    List.of(new SourceFile("manifests.yaml", manifests)),
                    Optional.of(new SourceFile("calls.yaml", calls)),
                    "",
                    "",
                    Optional.of(
                        IstioVersion.parse(
                            System.getProperty("differential.istioVersion", "1.31"))),
                    OutboundTrafficPolicy.ALLOW_ANY,
                    EgressExplainer.MissingGateways.STAY_MISSING,
                    "json"))
            .text();
    return new Case(manifests, calls, flows);
  }

  static String yaml(Map<String, Object> document) {
    try {
      return YAML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes cases below a folder, one sub-folder each. */
  static void write(Path folder, long firstSeed, int count) {
    try {
      for (int i = 0; i < count; i++) {
        write(folder.resolve("case-%06d".formatted(firstSeed + i)), make(firstSeed + i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one case into a folder of its own. */
  static void write(Path folder, Case made) throws IOException {
    Path home = Files.createDirectories(folder);
    Files.writeString(home.resolve("manifests.yaml"), made.manifests());
    Files.writeString(home.resolve("calls.yaml"), made.calls());
    Files.writeString(home.resolve("flows.json"), made.flows());
  }
}
