package io.github.istioegress.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we generate ourselves gives no cause for a word. */
class OwnOutputTest {

  private static final Path EXAMPLES = Path.of("../generated-examples");

  /** Ports beside one of a gateway whose sentences say direct, which manifests do not tell. */
  private static final List<String> DIRECT =
      List.of(
          "EGR401@ServiceEntry/akv2k8s-test/cnn",
          "EGR401@ServiceEntry/shop/api-maps-example",
          "EGR401@ServiceEntry/shop/api-search-example");

  static List<Path> sets() throws IOException {
    List<Path> sets = new ArrayList<>();
    // A layout of a fleet is a set of its own.
    for (Path folder : List.of(EXAMPLES.resolve("manifests"), EXAMPLES.resolve("layouts"))) {
      int depth = folder.endsWith("layouts") ? 2 : 1;
      try (Stream<Path> below = Files.walk(folder, depth)) {
        below
            .filter(path -> folder.relativize(path).getNameCount() == depth)
            .filter(path -> !path.equals(folder) && Files.isDirectory(path))
            .sorted()
            .forEach(sets::add);
      }
    }
    return sets;
  }

  @ParameterizedTest
  @MethodSource("sets")
  void generatedManifestsAreClean(Path set) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(set)) {
      for (Path file : paths.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
        // Templates of Helm are for Helm; the files of its charts are not manifests.
        files.add(new SourceFile(set.relativize(file).toString(), Files.readString(file)));
      }
    }
    List<Finding> findings =
        EgressAnalyzer.analyze(
                new EgressAnalyzer.Request(
                    files,
                    Optional.empty(),
                    OutboundTrafficPolicy.REGISTRY_ONLY,
                    isFleet(set),
                    DIRECT))
            .findings();
    assertThat(
            findings.stream()
                .filter(one -> one.severity() != Severity.INFO)
                .filter(one -> !isMeant(set, one)))
        .as("%s", findings)
        .isEmpty();
  }

  /** A fleet is of tenants, who are kept apart whatever they say. */
  private static boolean isFleet(Path set) {
    return set.startsWith(EXAMPLES.resolve("layouts")) || set.endsWith("tenant-fleet");
  }

  /** The set that the project began with is for the whole mesh, and its definition says so. */
  private static boolean isMeant(Path set, Finding finding) {
    return set.endsWith("seed")
        && finding.severity() == Severity.WARNING
        && Set.of("EGR501", "EGR502").contains(finding.code().code());
  }
}
