package io.github.istioegress.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.generator.EgressExplainer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of calls where a set has a mistake; the committed flows are those of this build. */
class DefectsTest {

  private static final Path DEFECTS = Path.of("defects");

  static List<String> defects() throws IOException {
    try (Stream<Path> folders = Files.list(DEFECTS)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("defects")
  void theFlowIsTheOneExplained(String defect) throws IOException {
    same(DEFECTS.resolve(defect).resolve("flow.txt"), explained(defect, "text"));
    same(DEFECTS.resolve(defect).resolve("flows.json"), explained(defect, "json"));
  }

  @Test
  void theTableNamesEachOfThem() throws IOException {
    List<String> named =
        Files.readAllLines(DEFECTS.resolve("README.md")).stream()
            .filter(line -> line.startsWith("| ["))
            .map(line -> line.substring(3, line.indexOf(']')))
            .toList();
    assertThat(named).isEqualTo(defects());
  }

  private static void same(Path file, String now) throws IOException {
    if (Boolean.getBoolean("expected.update")) {
      Files.writeString(file, now);
    }
    assertThat(file)
        .as("run mvn verify -Dexpected.update=true and look at the difference")
        .content()
        .isEqualTo(now);
  }

  private static String explained(String defect, String format) throws IOException {
    EgressExplainer.Explanation explanation =
        EgressExplainer.explain(
            new EgressExplainer.Request(
                List.of(file(defect, "manifests.yaml")),
                Optional.of(file(defect, "calls.yaml")),
                "",
                "",
                Optional.empty(),
                OutboundTrafficPolicy.ALLOW_ANY,
                EgressExplainer.MissingGateways.ARE_ASSUMED,
                format));
    assertThat(explanation.problems()).isEmpty();
    return explanation.text();
  }

  private static SourceFile file(String defect, String name) throws IOException {
    String path = "defects/" + defect + "/" + name;
    return new SourceFile(path, Files.readString(Path.of(path)));
  }
}
