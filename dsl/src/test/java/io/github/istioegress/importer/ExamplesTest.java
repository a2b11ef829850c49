package io.github.istioegress.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.manifest.ManifestComparison;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is recognized of the generated examples: a table that may only grow. */
class ExamplesTest {

  private static final Path MANIFESTS = Path.of("../generated-examples/manifests");

  /** How many documents of an example are proved, and how many are left over. */
  private static final String TABLE =
      """
      egress-control                     7    0
      egress-forward-proxy               5    7
      egress-gateway                     7    0
      egress-gateway-api                16    0
      egress-gateway-callers            25    0
      egress-gateway-deployment         22    0
      egress-gateway-mutual             16    0
      egress-gateway-tls-origination    12    0
      egress-mirroring                   4   21
      egress-resilience                 12    0
      egress-split-and-failover          1   15
      egress-tls-origination             5    0
      egress-waypoint                   11    0
      flavor-ambient                    16    0
      flavor-gateway-api                26    0
      flavor-istio-api                  33    0
      forward-proxy-behind-gateway       1   16
      namespace-lockdown                24    0
      seed                               6    0
      tcp-egress                         8    0
      tenant-fleet                     123   14
      tenant-fleet-us                  126   14
      wildcard-egress-hosts             10    0
      """;

  @Test
  void theTableOfWhatIsRecognizedDoesNotShrink() throws IOException {
    StringBuilder table = new StringBuilder();
    for (Map.Entry<String, Imported> one : examples().entrySet()) {
      table.append(
          "%-30s %5s %4s%n"
              .formatted(
                  one.getKey(), one.getValue().proved().size(), one.getValue().leftOvers().size()));
    }
    assertThat(table.toString().replace("\r", "")).isEqualTo(TABLE);
  }

  @Test
  void whatTheDefinitionsYieldIsInTheInputEqualAndNoDocumentIsForgotten() throws IOException {
    for (Map.Entry<String, Imported> one : examples().entrySet()) {
      ResourceSet input =
          new ManifestReader().read(files(MANIFESTS.resolve(one.getKey()))).resources();
      Imported imported = one.getValue();
      assertThat(imported.proved().size() + imported.leftOvers().size()).isEqualTo(input.size());
      assertThat(imported.added()).as(one.getKey()).isEmpty();
      for (ImportedDefinition definition : imported.definitions()) {
        for (Resource made : Expansion.expand(definition.plan()).resources().all()) {
          Resource found = input.find(made.key()).orElseThrow();
          boolean equal = ManifestComparison.first(made.object(), found.object()).isEmpty();
          assertThat(equal)
              .as("%s of %s", made.key(), one.getKey())
              .isEqualTo(imported.proved().contains(made.key().toString()));
          assertThat(equal || made.key().kind().equals("Namespace")).isTrue();
        }
      }
    }
  }

  @Test
  void eachLeftOverHasItsPlaceAndAReason() throws IOException {
    for (Imported imported : examples().values()) {
      assertThat(imported.leftOvers())
          .allSatisfy(
              one -> {
                assertThat(one.place()).matches(".*\\.yaml:\\d+");
                assertThat(one.reason()).isNotBlank();
              });
    }
  }

  private static Map<String, Imported> examples() throws IOException {
    Map<String, Imported> imported = new TreeMap<>();
    try (Stream<Path> all = Files.list(MANIFESTS)) {
      for (Path example : all.filter(Files::isDirectory).sorted().toList()) {
        imported.put(
            example.getFileName().toString(), Importer.of(files(example), Optional.empty()));
      }
    }
    return imported;
  }

  static List<SourceFile> files(Path folder) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().endsWith(".yaml")) {
          files.add(
              new SourceFile(
                  folder.relativize(file).toString().replace('\\', '/'), Files.readString(file)));
        }
      }
    }
    return files;
  }
}
