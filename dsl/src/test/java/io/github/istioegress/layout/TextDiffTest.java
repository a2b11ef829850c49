package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextDiffTest {

  @Test
  void aLineThatChanged() {
    assertThat(TextDiff.of("a.yaml", "one\ntwo\n", "one\n2\n", 100))
        .isEqualTo("--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n");
  }

  @Test
  void aFileThatIsNewOrGone() {
    assertThat(TextDiff.of("a", "", "one\n", 100)).startsWith("--- /dev/null\n+++ b/a\n");
    assertThat(TextDiff.of("a", "one\n", "", 100)).startsWith("--- a/a\n+++ /dev/null\n");
  }

  @Test
  void equalTextsHaveNone() {
    assertThat(TextDiff.of("a", "one\n", "one\n", 100)).isEmpty();
  }

  @Test
  void lineEndsAreSeen() {
    assertThat(TextDiff.of("a", "one\r\n", "one\n", 100)).contains("-one\\r\n+one\n");
    assertThat(TextDiff.of("a", "one", "one\n", 100)).contains("\\ No newline at end of file");
  }

  @Test
  void aLongOneIsCut() {
    String diff = TextDiff.of("a", "a\n".repeat(4_000), "b\n".repeat(4_000), 10);
    assertThat(diff.lines()).hasSize(11);
    assertThat(diff).endsWith("more lines)\n");
  }

  @Test
  void aHugeOneIsOnlyCounted() {
    assertThat(TextDiff.of("a", "a\n", "b\n".repeat(100_000), 10))
        .isEqualTo("--- a/a\n+++ b/a\n(1 lines before, 100000 after)\n");
  }
}
