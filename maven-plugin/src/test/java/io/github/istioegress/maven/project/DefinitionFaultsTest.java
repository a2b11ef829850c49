package io.github.istioegress.maven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F21, F22: what a module's own classes can do to a build, and the words that it gets for it. */
final class DefinitionFaultsTest {

  private static final Path DSL = dsl();

  @TempDir private Path classes;

  private final List<String> warnings = new ArrayList<>();

  private static Path dsl() {
    return classPath().stream()
        .filter(
            path ->
                Files.exists(path.resolve("io/github/istioegress/dsl/EgressDefinition.class"))
                    || path.getFileName().toString().startsWith("istio-egress-dsl"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }

  /** A class whose {@code define()} has these statements in line 5, and who calls it. */
  private void definition(String statements) {
    definition("", statements);
  }

  private void definition(String members, String statements) {
    new CompiledSources()
        .with(
            "com.acme.CnnEgress",
            """
            package com.acme;
            public final class CnnEgress {
              %s
              public static void define() {
            %s
              }
            }
            """
                .formatted(members, statements))
        .into(classes);
    new CompiledSources()
        .withGenerator("com.acme.CnnEgress.define(); return Map.of();")
        .into(classes);
  }

  /** A definition of the library's own, whose {@code define()} has these statements in line 5. */
  private void realDefinition(String statements) {
    new CompiledSources()
        .with(
            "com.acme.CnnEgress",
            """
            package com.acme;
            import io.github.istioegress.dsl.*;
            public final class CnnEgress implements EgressDefinition {
              @Override public io.github.istioegress.intent.EgressPlan define() {
            %s
                throw new IllegalStateException();
              }
            }
            """
                .formatted(statements))
        .on(classPath())
        .into(classes);
  }

  private Optional<Generation> run(Duration limit) {
    return run(List.of(classes), limit);
  }

  private Optional<Generation> run(List<Path> paths, Duration limit) {
    return new IsolatedGeneration(paths, limit, true)
        .run(
            new GenerationRequest(
                List.of("com.acme.CnnEgress"),
                "",
                LayoutChoice.named(""),
                FleetPart.whole(Path.of("")),
                List.of()),
            warnings::add);
  }

  private void refused(String message) {
    assertThatThrownBy(() -> run(Duration.ofMillis(600)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(message);
  }

  private void errs(String message) {
    List<Path> paths = new ArrayList<>(List.of(classes));
    paths.addAll(classPath());
    assertThat(run(paths, Duration.ofMinutes(1)).orElseThrow().errors())
        .singleElement()
        .asString()
        .contains(message)
        .hasSizeLessThan(500);
  }

  @Test
  void aLoopWithoutEndIsToldWithItsLineAndLeft() {
    definition("for (long i = 0; ; i++) { if (i < 0) break; }");
    refused("com.acme.CnnEgress.define is at work for 0 s and stands at CnnEgress.java:5: end the");
    definition("java.util.stream.Stream.generate(() -> 1).mapToInt(i -> i).sum();");
    refused("stands at CnnEgress.java:5");
    definition(
        "try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) {}");
    refused("-Distio-egress.definitionTimeout=");
  }

  @Test
  void whoTakesLongAndComesBackIsNotStopped() {
    definition(
        "try { Thread.sleep(700); } catch (InterruptedException e) { throw new RuntimeException(e); }");
    assertThat(run(Duration.ZERO).orElseThrow().errors()).isEmpty();
    assertThat(run(Duration.ofSeconds(30)).orElseThrow().errors()).isEmpty();
  }

  @Test
  void aThreadThatGoesOnIsRefused() {
    definition(
        """
        Thread thread = new Thread(() -> { while (true) { try { Thread.sleep(9999); } catch (InterruptedException e) { return; } } }, "poller"); thread.start();
        """
            .strip());
    refused("the definitions left the thread 'poller' behind, at CnnEgress.java:5");
    definition("Thread thread = new Thread(() -> {}); thread.start();");
    assertThat(run(Duration.ofMinutes(1)).orElseThrow().errors()).isEmpty();
  }

  @Test
  void whatTheProcessHasIsPutBackAndNamed() {
    Locale locale = Locale.getDefault();
    java.io.PrintStream out = System.out;
    System.setProperty("com.acme.kept", "before");
    definition(
        "System.setProperty(\"com.acme.kept\", \"after\"); System.setProperty(\"com.acme.new\", \"x\");"
            + " java.util.Locale.setDefault(java.util.Locale.forLanguageTag(\"tr-TR\")); System.setOut(System.err);");
    assertThat(run(Duration.ofMinutes(1)).orElseThrow().errors()).isEmpty();
    assertThat(warnings)
        .containsExactly(
            "the system property 'com.acme.kept' changed while the definitions ran, and is as before again: a definition changes nothing",
            "the system property 'com.acme.new' changed while the definitions ran, and is as before again: a definition changes nothing",
            "the default locale changed while the definitions ran, and is as before again: a definition changes nothing",
            "System.out or System.err changed while the definitions ran, and is as before again: a definition changes nothing");
    assertThat(System.getProperty("com.acme.kept")).isEqualTo("before");
    assertThat(System.getProperty("com.acme.new")).isNull();
    assertThat(Locale.getDefault()).isEqualTo(locale);
    assertThat(System.out).isSameAs(out);
    System.clearProperty("com.acme.kept");
  }

  @Test
  void staticFieldsBeginAnewForEveryModule() {
    definition(
        "static int asked;",
        "if (asked++ > 0) { throw new IllegalStateException(\"asked before\"); }");
    for (int module = 0; module < 2; module++) {
      assertThat(run(Duration.ofMinutes(1)).orElseThrow().errors()).isEmpty();
    }
  }

  @Test
  void aDefinitionThatTakesAllMemoryOrPrintsWithoutEndIsTold() throws Exception {
    definition(
        """
        byte[] line = new byte[1 << 20]; java.util.Arrays.fill(line, (byte) 'x'); for (int i = 0; i < 100; i++) { System.out.write(line, 0, line.length); }
        java.util.List<long[]> all = new java.util.ArrayList<>(); while (true) { all.add(new long[100_000]); }
        """
            .strip()
            .replace("while (true)", "for (int i = 0; i < 1_000_000; i++)"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Alone.class.getName(),
                classes.toString())
            .redirectErrorStream(true)
            .start();
    long printed = 0;
    StringBuilder end = new StringBuilder();
    try (InputStream said = process.getInputStream()) {
      byte[] bytes = new byte[1 << 16];
      for (int n = said.read(bytes); n >= 0; n = said.read(bytes)) {
        printed += n;
        end.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
        end.delete(0, Math.max(0, end.length() - 1000));
      }
    }
    assertThat(printed).isGreaterThan(100L << 20);
    assertThat(end.toString().lines().reduce((one, next) -> next))
        .hasValueSatisfying(
            last ->
                assertThat(last)
                    .endsWith(
                        "com.acme.CnnEgress.define failed at CnnEgress.java:6: OutOfMemoryError: Java heap space; give Maven more with MAVEN_OPTS=-Xmx.... Nothing written."));
    assertThat(process.waitFor()).isZero();
  }

  /** A build of its own, for definitions that would do harm to this one. */
  static final class Alone {
    private Alone() {}

    public static void main(String[] args) {
      DefinitionFaultsTest test = new DefinitionFaultsTest();
      test.classes = Path.of(args[0]);
      try {
        test.run(Duration.ofMinutes(1));
      } catch (RefusedException e) {
        System.out.println();
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aClassOfANewerJavaIsNamed() throws IOException {
    realDefinition("");
    Path file = classes.resolve("com/acme/CnnEgress.class");
    byte[] bytes = Files.readAllBytes(file);
    bytes[7] = 99;
    Files.write(file, bytes);
    errs(
        "definition com.acme.CnnEgress cannot be loaded: java.lang.UnsupportedClassVersionError: ");
  }

  @Test
  void aClassThatIsMissingIsNamed() throws IOException {
    new CompiledSources()
        .with(
            "com.acme.Hosts",
            "package com.acme; class Hosts { static String cnn() { return \"x\"; } }")
        .into(classes);
    realDefinition("Hosts.cnn();");
    Files.delete(classes.resolve("com/acme/Hosts.class"));
    errs(
        "definition com.acme.CnnEgress at com.acme.CnnEgress.define(CnnEgress.java:5): it threw java.lang.NoClassDefFoundError: com/acme/Hosts");
  }

  @Test
  void twoVersionsOfTheLibraryAreNamed(@TempDir Path other) {
    new CompiledSources()
        .with(
            "io.github.istioegress.dsl.EgressDefinition",
            "package io.github.istioegress.dsl; public interface EgressDefinition {}")
        .into(other);
    realDefinition("");
    List<Path> paths = new ArrayList<>(List.of(classes));
    paths.addAll(classPath());
    paths.add(other);
    assertThatThrownBy(() -> run(paths, Duration.ofMinutes(1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("two istio-egress-dsl are on the module's class path, keep one")
        .hasMessageContaining(DSL.toString())
        .hasMessageContaining(other.toString());
  }
}
