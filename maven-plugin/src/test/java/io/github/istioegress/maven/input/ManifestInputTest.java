package io.github.istioegress.maven.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.maven.project.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestInputTest {

  @TempDir private Path base;
  private ManifestInput input;

  @BeforeEach
  void files() throws IOException {
    input = new ManifestInput(base);
    put("b/two.yml");
    put("b/deep/one.yaml");
    put("b/three.json");
    put("b/readme.md");
    put("a.yaml");
  }

  @Test
  void foldersAreReadWithAllBelowThem() {
    assertThat(input.list("b, a.yaml,"))
        .extracting(SourceFile::name)
        .containsExactly("b/deep/one.yaml", "b/three.json", "b/two.yml", "a.yaml");
  }

  @Test
  void aFileNamedTwiceIsReadOnce() {
    assertThat(input.list("b/two.yml,b/../b")).hasSize(3);
  }

  @Test
  void aSetIsReadWithoutItsCallsAndAnswers() throws IOException {
    put("b/calls.yaml");
    put("b/flows.json");
    put("b/deep/calls.yaml");

    assertThat(new ManifestInput(base.resolve("b")).set())
        .extracting(SourceFile::name)
        .containsExactly("deep/calls.yaml", "deep/one.yaml", "three.json", "two.yml");
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThatThrownBy(() -> input.list("nowhere"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("nowhere does not exist, seen from " + base);
  }

  @Test
  void whatIsNotTextIsRefused() throws IOException {
    Files.write(base.resolve("a.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> input.list("a.yaml"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("a.yaml is not UTF-8 text: save it as UTF-8");
  }

  private void put(String path) throws IOException {
    Path file = base.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "kind: Namespace\n");
  }
}
