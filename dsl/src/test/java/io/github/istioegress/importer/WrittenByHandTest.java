package io.github.istioegress.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Correct sets written by hand: no document is forgotten, and no claim is made that is false. */
class WrittenByHandTest {

  private static final Path FOLDER =
      Path.of("src/test/resources/io/github/istioegress/analysis/correct");

  /** Those whose ServiceEntry is a sentence by itself; the others have no subset of ours. */
  private static final List<String> PROVED =
      List.of("direct-http", "direct-tls", "wildcard-direct");

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachDocumentIsProvedOrLeftOverWithAReason(Path file) throws IOException {
    List<SourceFile> set =
        List.of(new SourceFile(String.valueOf(file.getFileName()), Files.readString(file)));
    Imported imported = Importer.of(set, Optional.empty());

    assertThat(imported.proved().size() + imported.leftOvers().size())
        .isEqualTo(new ManifestReader().read(set).resources().size());
    boolean proved = PROVED.contains(String.valueOf(FOLDER.relativize(file).getName(0)));
    assertThat(imported.proved().stream().anyMatch(one -> one.startsWith("ServiceEntry ")))
        .isEqualTo(proved);
    assertThat(imported.leftOvers()).allSatisfy(one -> assertThat(one.reason()).isNotBlank());
    assertThat(imported.added()).allMatch(one -> one.startsWith("Namespace "));
  }
}
