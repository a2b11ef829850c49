package io.github.istioegress.maven.lastrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.maven.project.MavenModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is left out only where it would do the very same again. */
class LastRunTest {

  @TempDir Path home;

  private final Map<String, String> settings = new HashMap<>(Map.of("layout", "tenant"));
  private final Map<String, String> environment = new HashMap<>(Map.of("STAGE", "test"));
  private final Properties properties = new Properties();
  private final Properties said = new Properties();
  private Path module;
  private Path outside;
  private Path output;
  private Path jar;

  @BeforeEach
  void aRunWasMade() throws IOException {
    module = home.resolve("module");
    outside = written(home.resolve("tenants.yaml"), "tenants: []\n");
    output = module.resolve("manifests");
    jar = written(home.resolve("dsl.jar"), "jar");
    written(module.resolve("pom.xml"), "<project/>");
    written(module.resolve("target/classes/A.class"), "class");
    written(output.resolve("shop/shop.yaml"), "kind: A\n");
    Files.setLastModifiedTime(outside, FileTime.from(Instant.now().minusSeconds(60)));
    run().remember(List.of(outside.toString()));
    assertThat(run().holds()).isTrue();
  }

  private static Path written(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private Path state() {
    return module.resolve("target/istio-egress/last-run");
  }

  private LastRun run() {
    MavenModule compiled =
        new MavenModule(
            module,
            module.resolve("target"),
            module.resolve("target/classes"),
            List.of(),
            List.of(module.resolve("target/classes"), jar));
    return LastRun.before(
        state(), output, new Ingredients(settings, environment, properties, said, compiled));
  }

  @Test
  void timesAndWhatIsBuiltElsewhereDoNotCount() throws IOException {
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    Files.setLastModifiedTime(output.resolve("shop/shop.yaml"), FileTime.from(Instant.EPOCH));
    written(module.resolve("target/surefire/report.txt"), "x");
    written(module.resolve(".git/HEAD"), "x");
    environment.put("SHLVL", "7");
    environment.put("MAVEN_CMD_LINE_ARGS", " -q");
    said.put("istio-egress.force", "true");
    properties.put("sun.java.command", "mvn again");
    properties.put("env.SHLVL", "7");
    assertThat(run().holds()).isTrue();
  }

  @Test
  void whatADefinitionCouldSeeCounts() throws IOException {
    settings.put("layout", "helm");
    assertThat(run().holds()).as("a setting").isFalse();
    settings.put("layout", "tenant");
    environment.put("STAGE", "live");
    assertThat(run().holds()).as("the environment").isFalse();
    environment.put("STAGE", "test");
    properties.put("user.language", "tr");
    assertThat(run().holds()).as("a property of the JVM").isFalse();
    properties.clear();
    said.put("stage", "live");
    assertThat(run().holds()).as("a property of the call").isFalse();
    said.clear();
    assertThat(run().holds()).isTrue();
  }

  @Test
  void anyFileThatIsReadOrWrittenCounts() throws IOException {
    for (Path file :
        List.of(
            outside,
            jar,
            module.resolve("pom.xml"),
            module.resolve("target/classes/A.class"),
            output.resolve("shop/shop.yaml"))) {
      byte[] before = Files.readAllBytes(file);
      byte[] after = before.clone();
      after[after.length / 2] ^= 1;
      FileTime time = Files.getLastModifiedTime(file);
      Files.write(file, after);
      Files.setLastModifiedTime(file, time);
      assertThat(run().holds()).as("one bit of %s, at the same time", file).isFalse();
      Files.write(file, before);
      assertThat(run().holds()).isTrue();
    }
    Path added = written(output.resolve("shop/foreign.yaml"), "");
    assertThat(run().holds()).as("a file beside the output").isFalse();
    Files.delete(added);
    added = written(module.resolve("hosts.txt"), "a.example\n");
    assertThat(run().holds()).as("a new file in the module").isFalse();
    Files.delete(added);
    Files.delete(output.resolve("shop/shop.yaml"));
    assertThat(run().holds()).as("a missing file").isFalse();
  }

  @Test
  void aLinkCountsByWhereItLeadsAndWhatIsThere() throws IOException {
    Path one = written(home.resolve("one"), "1");
    Path link = Files.createSymbolicLink(module.resolve("link"), one);
    run().remember(List.of());
    assertThat(run().holds()).isTrue();
    written(one, "2");
    assertThat(run().holds()).isFalse();
    run().remember(List.of());
    Files.delete(link);
    Files.createSymbolicLink(link, written(home.resolve("other"), "2"));
    assertThat(run().holds()).isFalse();
  }

  @Test
  void anInputThatChangedWhileTheRunReadItIsNotNoted() throws IOException {
    LastRun run = run();
    Files.setLastModifiedTime(outside, FileTime.from(Instant.now().plusSeconds(60)));
    run.remember(List.of(outside.toString()));
    assertThat(state()).doesNotExist();
    assertThat(run().holds()).isFalse();
  }

  @Test
  void damagedNotesAreNoNotes() throws IOException {
    byte[] good = Files.readAllBytes(state());
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      if (i % 3 == 0) {
        bad = java.util.Arrays.copyOf(bad, at);
      } else {
        bad[at] = (byte) (bad[at] ^ (1 + random.nextInt(255)));
      }
      Files.write(state(), bad);
      assertThat(run().holds()).as(new String(bad, StandardCharsets.ISO_8859_1)).isFalse();
    }
    Files.delete(state());
    Files.createDirectory(state());
    assertThat(run().holds()).isFalse();
  }

  @Test
  void nothingElseIsLeftBeside() throws IOException {
    try (var files = Files.list(state().getParent())) {
      assertThat(files).containsExactly(state());
    }
  }
}
