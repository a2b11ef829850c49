package io.github.istioegress.maven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IsolatedGenerationTest {

  private static final String NOTHING =
      "\"definitions\", List.of(), \"errors\", List.of(), \"files\", Map.of()";

  @TempDir private Path classes;

  @Test
  void aModuleWithoutTheDslHasNoAnswer() {
    new CompiledSources().with("com.acme.Plain", "package com.acme; class Plain {}").into(classes);

    assertThat(run("com.acme.Plain")).isEmpty();
  }

  @Test
  void readsTheAnswer() {
    new CompiledSources()
        .withGenerator(
            """
            return Map.of("definitions", List.of(Map.of("name", "cnn", "className", "com.acme.CnnEgress",
                "resources", 5, "calls", List.of(Map.of("line", "cnn leaves", "ok", true)))),
                "files", new TreeMap<>(Map.of("cnn/news.yaml", String.valueOf(request.get("layout")))),
                "errors", List.of(), "version", "9");
            """)
        .into(classes);

    assertThat(run("com.acme.CnnEgress"))
        .hasValueSatisfying(
            generation -> {
              assertThat(generation.files().text("cnn/news.yaml")).contains("flat");
              assertThat(generation.version()).isEqualTo("9");
              assertThat(generation.definitions())
                  .containsExactly(
                      new GeneratedDefinition(
                          "cnn",
                          "com.acme.CnnEgress",
                          5,
                          1,
                          List.of(new TracedCall("cnn leaves", true, "", "")),
                          List.of(),
                          List.of(),
                          Map.of()));
            });
  }

  @Test
  void neitherMavenNorThePluginIsSeenByTheModule() {
    new CompiledSources()
        .withGenerator(
            """
            List<String> seen = new ArrayList<>();
            for (String name : List.of("org.apache.maven.plugin.Mojo", "org.junit.jupiter.api.Test",
                "io.github.istioegress.intent.EgressPlan", "java.sql.Connection")) {
              try {
                Class.forName(name);
                seen.add(name);
              } catch (ClassNotFoundException expected) {
              }
            }
            return Map.of(%s, "version", seen.toString());
            """
                .formatted(NOTHING))
        .into(classes);

    assertThat(run().map(Generation::version)).contains("[java.sql.Connection]");
  }

  @Test
  void theContextClassLoaderIsTheModulesWhileItRuns() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    new CompiledSources()
        .withGenerator(
            """
            boolean own = Thread.currentThread().getContextClassLoader() == getClass().getClassLoader();
            return Map.of(%s, "version", String.valueOf(own));
            """
                .formatted(NOTHING))
        .into(classes);

    assertThat(run().map(Generation::version)).contains("true");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void whatAClassOfTheModuleThrowsNamesItsLine() {
    refuses(
        "com.acme.CnnEgress.define failed at CnnEgress.java:3: IllegalStateException: no partners",
        "throw new IllegalStateException(\"no partners\");");
  }

  @Test
  void aMethodWithoutEndNamesItsLine() {
    refuses(
        "com.acme.CnnEgress.define failed at CnnEgress.java:3: StackOverflowError; a method there"
            + " calls itself without end",
        "define();");
  }

  @Test
  void aHungryDefinitionNamesItsLine() {
    refuses(
        "com.acme.CnnEgress.define failed at CnnEgress.java:3: OutOfMemoryError: ",
        "int[][] all = new int[Integer.MAX_VALUE][Integer.MAX_VALUE];");
    refuses("; give Maven more with MAVEN_OPTS=-Xmx...", "throw new OutOfMemoryError(\"heap\");");
  }

  @Test
  void aFailedStaticInitializerNamesItsCause() {
    refuses(
        "CnnEgress.java:3: NumberFormatException: For input string: \"x\"",
        "} static int port = Integer.parseInt(\"x\"); static {");
  }

  @Test
  void aMissingClassIsNamed() {
    refuses(
        "NoClassDefFoundError: com/acme/Gone; the class is not among the module's compile and"
            + " runtime dependencies",
        "throw new NoClassDefFoundError(\"com/acme/Gone\");");
  }

  @Test
  void anOldDslIsNotMistakenForNone() {
    new CompiledSources()
        .with(
            "io.github.istioegress.dsl.EgressDefinition",
            "package io.github.istioegress.dsl; public interface EgressDefinition {}")
        .into(classes);

    assertThatThrownBy(this::run)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("too old for this plugin");
  }

  private void refuses(String message, String body) {
    new CompiledSources()
        .with(
            "com.acme.CnnEgress",
            "package com.acme;\npublic class CnnEgress { public static void define() {\n%s\n}}"
                .formatted(body))
        .into(classes);
    new CompiledSources()
        .withGenerator("com.acme.CnnEgress.define(); return Map.of(%s);".formatted(NOTHING))
        .into(classes);

    assertThatThrownBy(() -> run("com.acme.CnnEgress"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("Nothing written.");
  }

  private Optional<Generation> run(String... classNames) {
    return new IsolatedGeneration(List.of(classes), Duration.ofMinutes(1), true)
        .run(
            new GenerationRequest(
                List.of(classNames),
                "",
                LayoutChoice.named("flat"),
                FleetPart.whole(Path.of("")),
                List.of()),
            warning -> assertThat(warning).isEmpty());
  }
}
