package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderedFilesTest {

  private static RenderedFiles files(String... paths) {
    return new RenderedFiles(
        Stream.of(paths).map(path -> RenderedFile.beside(path, path)).toList());
  }

  @Test
  void pathsLeadToTexts() {
    RenderedFiles files = files("b", "a/c");
    assertThat(files.files()).extracting(RenderedFile::path).containsExactly("a/c", "b");
    assertThat(files.byPath())
        .containsExactly(java.util.Map.entry("a/c", "a/c"), java.util.Map.entry("b", "b"));
    assertThat(files.text("b")).contains("b");
    assertThat(files.text("c")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a,a", "a,A", "x/Shop.yaml,X/shop.yaml", "a,a/b", "A/b,a", "x/a/b,x/a"})
  void twoThatAreOneAreRefused(String one, String other) {
    assertThatThrownBy(() -> files("z", one, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + one + "'")
        .hasMessageContaining("'" + other + "'");
  }

  @Test
  void aPathThatLeavesTheFolderIsRefused() {
    assertThatThrownBy(() -> files("../a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("../a");
  }

  @Test
  void noFilesAreFine() {
    assertThat(new RenderedFiles(List.of()).byPath()).isEmpty();
  }
}
