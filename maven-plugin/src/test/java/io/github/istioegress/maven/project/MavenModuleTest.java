package io.github.istioegress.maven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MavenModuleTest {

  @TempDir private Path folder;
  private Path classes;
  private MavenModule module;

  @BeforeEach
  void module() throws IOException {
    classes = folder.resolve("target/classes");
    Path sources = Files.createDirectories(folder.resolve("src/main/java"));
    module =
        new MavenModule(
            folder, folder.resolve("target"), classes, List.of(sources), List.of(classes));
  }

  @Test
  void aModuleThatIsNotCompiledIsRefused() throws IOException {
    assertThatThrownBy(module::orRefuseUncompiled)
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("target/classes is missing, the module is not compiled");

    Files.createDirectories(classes);
    assertThatCode(module::orRefuseUncompiled).doesNotThrowAnyException();
  }

  @Test
  void onlyACompiledModuleOwnsAFolderAndOnlyInside() throws IOException {
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    assertThat(module.owns(manifests)).as("a parent of others").isFalse();

    Files.createDirectories(classes);
    assertThat(module.owns(manifests)).isTrue();
    assertThat(module.owns(folder.resolve("gone"))).isFalse();
    assertThat(module.owns(folder.resolveSibling("manifests"))).isFalse();
  }

  @Test
  void pathsAreShownFromTheModule() {
    assertThat(module.relative(folder.resolve("manifests/cnn"))).isEqualTo("manifests/cnn");
    assertThat(module.relative(Path.of("/elsewhere"))).isEqualTo("/elsewhere");
  }
}
