package io.github.istioegress.maven.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.importer.Imported;
import io.github.istioegress.importer.Importer;
import io.github.istioegress.manifest.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is written compiles without a warning, and says what was recognized. */
class DslSourceWriterTest {

  private static final Path MANIFESTS = Path.of("../generated-examples/manifests");

  @TestFactory
  Stream<DynamicTest> theJavaOfEachExampleSaysWhatWasRecognized() throws IOException {
    List<Path> examples;
    try (Stream<Path> all = Files.list(MANIFESTS)) {
      examples = all.filter(Files::isDirectory).sorted().toList();
    }
    return examples.stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getFileName().toString(),
                    () -> {
                      Imported imported = Importer.of(files(example), Optional.empty());
                      List<WrittenClass> written =
                          DslSourceWriter.write("com.acme.egress", imported.definitions());
                      assertThat(written).isNotEmpty();
                      JavaProof.check(written);
                    }));
  }

  static List<SourceFile> files(Path folder) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().endsWith(".yaml")) {
          files.add(new SourceFile(file.toString(), Files.readString(file)));
        }
      }
    }
    return files;
  }
}
