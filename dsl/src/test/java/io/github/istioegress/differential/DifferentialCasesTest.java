package io.github.istioegress.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The random cases themselves. Istio's code judges them in {@code conformance/}, which has them
 * written by this class: {@code -Ddifferential.folder=... -Ddifferential.count=2000
 * -Ddifferential.seed=1}.
 */
class DifferentialCasesTest {

  @Test
  void aSeedMakesTheSameCaseEveryTime() {
    assertThat(DifferentialCases.make(42)).isEqualTo(DifferentialCases.make(42));
  }

  @Test
  void theCasesMeetEveryOutcomeThatProxiesDecide() {
    Set<String> wanted =
        Set.of(
            "EXTERNAL",
            "PASSTHROUGH",
            "BLOCKED",
            "NO_ENDPOINTS",
            "LOOP",
            "TLS_MISMATCH",
            "DENIED",
            "MIXED");
    Set<String> outcomes = new HashSet<>();
    // No more of the sets that the judge compares in CI than it takes to meet them all.
    for (int seed = 1; seed <= 2000 && !outcomes.containsAll(wanted); seed++) {
      Pattern.compile("\"outcome\" : \"([A-Z_]+)\"")
          .matcher(DifferentialCases.make(seed).flows())
          .results()
          .forEach(found -> outcomes.add(found.group(1)));
    }
    assertThat(outcomes).containsAll(wanted);
  }

  @Test
  void writesTheCasesAskedFor(@TempDir Path scratch) {
    Path folder = Path.of(System.getProperty("differential.folder", scratch.toString()));
    int count = Integer.getInteger("differential.count", 3);
    DifferentialCases.write(folder, Long.getLong("differential.seed", 1L), count);
    assertThat(folder.toFile().list()).hasSizeGreaterThanOrEqualTo(count);
  }
}
