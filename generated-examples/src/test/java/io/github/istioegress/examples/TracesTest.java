package io.github.istioegress.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed traces are those that this build explains; {@code -Pgenerate} writes them anew. */
class TracesTest {

  private static final Path EXPLAINED = Path.of("target/traces");
  private static final Path COMMITTED = Path.of("traces");

  static List<String> files() throws IOException {
    return names(EXPLAINED);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> examples() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("manifests"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void theCommittedTraceIsTheOneExplained(String file) throws IOException {
    assertThat(COMMITTED.resolve(file))
        .as("run mvn -Pgenerate process-classes and look at the difference")
        .content()
        .isEqualTo(Files.readString(EXPLAINED.resolve(file)));
  }

  @Test
  void everyExampleHasCallsAndBothTraces() throws IOException {
    List<String> traces =
        examples().stream()
            .flatMap(name -> Stream.of(name + ".json", name + ".txt"))
            .sorted()
            .toList();
    assertThat(names(COMMITTED)).isEqualTo(traces);
    assertThat(files()).isEqualTo(traces);
    assertThat(names(Path.of("calls")))
        .isEqualTo(examples().stream().map(name -> name + ".yaml").sorted().toList());
  }

  @Test
  void theSeedsPort80GoesThroughTheGatewayAnd443Leaves() throws IOException {
    assertThat(COMMITTED.resolve("seed.txt"))
        .content()
        .contains("result            the call leaves to the host (EXTERNAL, via-gateway)")
        .contains("result            the call leaves to the host (EXTERNAL, direct)");
    assertThat(COMMITTED.resolve("egress-gateway.txt")).content().doesNotContain("direct)");
  }
}
