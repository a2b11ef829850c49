package io.github.istioegress.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.generator.IsolatedGenerator;
import io.github.istioegress.layout.OutputLayouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fleet of tenants as each layout writes it; {@code mvn verify -Dlayouts.update=true} writes
 * the folders anew.
 */
class FleetInLayoutsTest {

  private static final Path FOLDER = Path.of("layouts");

  static Stream<String> layouts() {
    // The usual one is that of all examples.
    return OutputLayouts.names().stream().skip(1);
  }

  private static Map<String, String> generated(String layout, String... tenants) {
    Map<String, Object> response =
        new IsolatedGenerator()
            .apply(
                Map.of(
                    "classNames",
                    List.of(TenantFleetExample.class.getName()),
                    "baseDirectory",
                    Path.of("").toAbsolutePath().toString(),
                    "tenants",
                    List.of(tenants),
                    "layout",
                    layout,
                    "gitRepository",
                    "https://git.acme.example/platform/egress.git",
                    "gitBranch",
                    "main",
                    "gitFolder",
                    "manifests"));
    assertThat(response).containsEntry("errors", List.of());
    Map<String, String> files = new TreeMap<>();
    ((Map<?, ?>) response.getOrDefault("files", Map.of()))
        .forEach(
            (path, text) ->
                files.put(path.toString().substring("tenant-fleet/".length()), text.toString()));
    return files;
  }

  private static Map<String, String> committed(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        }
      }
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void theFleetIsCommittedInEveryLayout(String layout) throws IOException {
    Path folder = FOLDER.resolve(layout);
    Map<String, String> generated = generated(layout);
    if (Boolean.getBoolean("layouts.update")) {
      for (String old : committed(folder).keySet()) {
        Files.delete(folder.resolve(old));
      }
      for (Map.Entry<String, String> file : generated.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, file.getValue());
      }
    }
    assertThat(committed(folder)).as("mvn verify -Dlayouts.update=true").isEqualTo(generated);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aRunForOneTenantWritesItsFilesAlone(String layout) {
    Map<String, String> whole = generated(layout);
    Map<String, String> tenant = generated(layout, "shop");
    assertThat(tenant.keySet())
        .isNotEmpty()
        .allMatch(path -> path.matches(".*\\bshop\\b.*"))
        .containsExactlyElementsOf(
            whole.keySet().stream().filter(path -> path.matches(".*\\bshop\\b.*")).toList());
    assertThat(whole).containsAllEntriesOf(tenant);
  }

  @Test
  void thereIsNoFolderOfALayoutThatIsNone() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(layouts().toList());
    }
  }
}
