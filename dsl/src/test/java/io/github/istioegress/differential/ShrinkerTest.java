package io.github.istioegress.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shrinking by a judge of our own; {@code conformance/run} hands over a real case and the real
 * judge: {@code -Dshrink.case=FOLDER -Dshrink.judge=PROGRAM}.
 */
class ShrinkerTest {

  @TempDir Path scratch;

  @Test
  void onlyWhatTheDisagreementNeedsIsLeft() throws IOException {
    DifferentialCases.Case given = DifferentialCases.make(7);
    Path folder = scratch.resolve("given");
    DifferentialCases.write(folder, given);
    DifferentialCases.Case shrunk =
        new Shrinker(cases -> holding(cases, "kind: \"ConfigMap\"")).shrink(folder, scratch);
    assertThat(shrunk.manifests()).contains("ConfigMap").doesNotContain("---");
    assertThat(shrunk.calls().lines().filter(line -> line.startsWith("- name: \"c"))).hasSize(1);
  }

  private static List<String> holding(Path folder, String text) throws IOException {
    try (Stream<Path> cases = Files.list(folder)) {
      return cases
          .filter(path -> read(path).contains(text))
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static String read(Path folder) {
    try {
      return Files.readString(folder.resolve("manifests.yaml"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void shrinksTheCaseAskedFor() throws IOException {
    Path given = scratch.resolve("case");
    DifferentialCases.write(given, DifferentialCases.make(11));
    Path asked = Path.of(System.getProperty("shrink.case", given.toString()));
    String program = System.getProperty("shrink.judge", "");
    Shrinker.Judge judge =
        program.isEmpty() ? cases -> holding(cases, "ServiceEntry") : Shrinker.program(program);
    Path target = asked.resolveSibling(asked.getFileName() + "-shrunk");
    DifferentialCases.write(target, new Shrinker(judge).shrink(asked, scratch));
    assertThat(target.resolve("manifests.yaml"))
        .content()
        .hasSizeLessThanOrEqualTo(Files.readString(asked.resolve("manifests.yaml")).length());
  }
}
