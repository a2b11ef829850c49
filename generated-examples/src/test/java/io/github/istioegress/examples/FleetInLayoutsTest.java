package io.github.istioegress.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.generator.IsolatedGenerator;
import io.github.istioegress.layout.OutputLayouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fleet of tenants as each layout writes it; {@code mvn verify -Dlayouts.update=true} writes
 * the folders anew.
 */
class FleetInLayoutsTest {

  private static final Path FOLDER = Path.of("layouts");

  /** By the name of the definition, which is the cluster's fleet. */
  private static final Map<String, Class<?>> FLEETS =
      Map.of(
          "tenant-fleet", TenantFleetExample.class, "tenant-fleet-us", TenantFleetUsExample.class);

  static Stream<Arguments> layouts() {
    // The usual one is that of all examples.
    return FLEETS.keySet().stream()
        .sorted()
        .flatMap(
            fleet ->
                OutputLayouts.names().stream().skip(1).map(layout -> Arguments.of(fleet, layout)));
  }

  private static Map<String, String> generated(String fleet, String layout, String... tenants) {
    Map<String, Object> response =
        new IsolatedGenerator()
            .apply(
                Map.of(
                    "classNames",
                    List.of(String.valueOf(FLEETS.get(fleet)).replace("class ", "")),
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
                files.put(path.toString().substring(fleet.length() + 1), text.toString()));
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
  void theFleetIsCommittedInEveryLayout(String fleet, String layout) throws IOException {
    Path folder = FOLDER.resolve(fleet).resolve(layout);
    Map<String, String> generated = generated(fleet, layout);
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
  void aRunForOneTenantWritesItsFilesAlone(String fleet, String layout) {
    Map<String, String> whole = generated(fleet, layout);
    Map<String, String> tenant = generated(fleet, layout, "shop");
    assertThat(tenant.keySet())
        .isNotEmpty()
        .allMatch(path -> path.matches(".*\\bshop\\b.*"))
        .containsExactlyElementsOf(
            whole.keySet().stream().filter(path -> path.matches(".*\\bshop\\b.*")).toList());
    assertThat(whole).containsAllEntriesOf(tenant);
  }

  @Test
  void thereIsNoFolderOfALayoutThatIsNone() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> folders = Files.walk(FOLDER, 2)) {
      folders
          .map(folder -> FOLDER.relativize(folder).toString().replace('\\', '/'))
          .filter(folder -> folder.contains("/"))
          .forEach(found::add);
    }
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            layouts().map(one -> one.get()[0] + "/" + one.get()[1]).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant-fleet", "tenant-fleet-us"})
  void whoReachesWhatIsCommitted(String fleet) throws IOException {
    assertThat(Path.of("reach", fleet + ".txt"))
        .as("run mvn -Pgenerate process-classes and look at the difference")
        .content()
        .isEqualTo(Files.readString(Path.of("target/reach", fleet + ".txt")));
  }
}
