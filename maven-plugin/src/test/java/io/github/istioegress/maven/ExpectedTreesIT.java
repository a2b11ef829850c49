package io.github.istioegress.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares what the invoker's runs of {@code src/it} wrote with what was expected of them.
 *
 * <p>Beside each project lie {@code expected/}, all files the run may have written or changed, and
 * {@code expected-log.txt}: each of its lines occurs in the log in this order, a line that begins
 * with {@code !} never. {@code mvn verify -Dexpected.update=true} takes the trees over.
 */
final class ExpectedTreesIT {

  private static final Path SOURCES = Path.of("src/it");
  private static final Path RUNS = Path.of("target/it");
  private static final boolean UPDATE = Boolean.getBoolean("expected.update");
  private static final Set<String> NOT_OURS =
      Set.of(
          "target",
          "expected",
          "expected-log.txt",
          "build.log",
          "pom.xml",
          "invoker.properties",
          ".mvn");

  @TestFactory
  Stream<DynamicContainer> projects() throws IOException {
    return children(SOURCES).stream()
        .filter(Files::isDirectory)
        .map(project -> String.valueOf(project.getFileName()))
        .map(
            name ->
                dynamicContainer(
                    name,
                    List.of(
                        dynamicTest("log", () -> log(name)),
                        dynamicTest("files", () -> files(name)))));
  }

  private static void log(String name) throws IOException {
    String log = Files.readString(RUNS.resolve(name).resolve("build.log"));
    int from = 0;
    for (String said : Files.readAllLines(SOURCES.resolve(name).resolve("expected-log.txt"))) {
      String line = said.replace("@project.version@", System.getProperty("project.version", ""));
      if (line.startsWith("!")) {
        assertThat(log.contains(line.substring(1))).as(line).isFalse();
      } else {
        int found = log.indexOf(line, from);
        assertThat(found).as("after character %d of build.log: %s", from, line).isNotNegative();
        from = found + line.length();
      }
    }
  }

  private static void files(String name) throws IOException {
    Path expected = SOURCES.resolve(name).resolve("expected");
    SortedMap<String, String> written = tree(RUNS.resolve(name));
    written.entrySet().removeAll(tree(SOURCES.resolve(name)).entrySet());
    if (UPDATE) {
      for (String old : tree(expected).keySet()) {
        Files.delete(expected.resolve(old));
      }
      for (String path : written.keySet()) {
        Path file = expected.resolve(path);
        Files.createDirectories(
            String.valueOf(file.getParent()).isEmpty() ? expected : file.getParent());
        Files.writeString(file, written.get(path));
      }
    }
    assertThat(written).isEqualTo(tree(expected));
  }

  private static SortedMap<String, String> tree(Path folder) throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      collect(folder, folder, tree);
    }
    return tree;
  }

  private static void collect(Path root, Path folder, SortedMap<String, String> tree)
      throws IOException {
    for (Path child : children(folder)) {
      if (NOT_OURS.contains(String.valueOf(child.getFileName()))) {
        continue;
      }
      if (Files.isDirectory(child)) {
        collect(root, child, tree);
      } else {
        tree.put(root.relativize(child).toString().replace('\\', '/'), text(child));
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
