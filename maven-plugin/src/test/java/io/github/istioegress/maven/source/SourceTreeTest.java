package io.github.istioegress.maven.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files get there together or not at all. */
class SourceTreeTest {

  @TempDir Path root;

  private static WrittenClass file(String packageName, String name, String text) {
    return new WrittenClass(packageName, name, text, Optional.empty());
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @Test
  void whatIsThereIsNotReplacedUnaskedAndTheSameTextIsLeftAlone() throws IOException {
    SourceTree tree = new SourceTree(root);
    tree.write(List.of(file("a", "One", "1"), file("a", "Two", "2")), false);

    assertThat(tree.write(List.of(file("a", "One", "1")), false)).isEmpty();
    assertThatThrownBy(
            () -> tree.write(List.of(file("a", "Three", "3"), file("a", "Two", "other")), false))
        .hasMessageContaining("Two.java")
        .hasMessageContaining("istio-egress.overwrite");
    assertThat(tree()).containsExactly("a/One.java", "a/Two.java");
    assertThat(tree.write(List.of(file("a", "Two", "other")), true)).hasSize(1);
    assertThat(root.resolve("a/Two.java")).hasContent("other");
    assertThat(tree()).containsExactly("a/One.java", "a/Two.java");
  }

  @Test
  void aRunThatBreaksOffLeavesAllAsItWas() throws IOException {
    SourceTree tree = new SourceTree(root);
    tree.write(List.of(file("a", "One", "1")), false);
    Files.writeString(root.resolve("b"), "a file where a folder should be");

    assertThatThrownBy(
            () ->
                tree.write(
                    List.of(file("a", "One", "other"), file("a", "New", "n"), file("b", "X", "x")),
                    true))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(tree()).containsExactly("a/One.java", "b");
    assertThat(root.resolve("a/One.java")).hasContent("1");
  }

  @Test
  void aMoveThatFailsIsTakenBack() throws IOException {
    SourceTree tree = new SourceTree(root);
    tree.write(List.of(file("a", "One", "1")), false);
    // A folder that is not empty stands where the second file should go.
    Files.createDirectories(root.resolve("a/Two.java.istio-egress-old"));
    Files.writeString(root.resolve("a/Two.java.istio-egress-old/full"), "x");
    Files.writeString(root.resolve("a/Two.java"), "2");

    assertThatThrownBy(
            () -> tree.write(List.of(file("a", "One", "other"), file("a", "Two", "other")), true))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(root.resolve("a/One.java")).hasContent("1");
    assertThat(root.resolve("a/Two.java")).hasContent("2");
    assertThat(tree())
        .containsExactly("a/One.java", "a/Two.java", "a/Two.java.istio-egress-old/full");
  }
}
