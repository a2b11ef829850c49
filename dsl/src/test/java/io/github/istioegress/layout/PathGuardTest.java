package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathGuardTest {

  @TempDir Path project;

  @Test
  void aFolderOfItsOwn() throws IOException {
    assertThat(PathGuard.refusal(project.resolve("out"), project)).isEmpty();
    assertThat(PathGuard.refusal(project.resolve("target/a/b"), project)).isEmpty();
    Files.createDirectories(project.resolve("out/sub"));
    assertThat(PathGuard.refusal(project.resolve("out"), project)).isEmpty();
    assertThat(PathGuard.refusal(project.resolveSibling("out"), project)).isEmpty();
  }

  @Test
  void theProjectAndAllAboveIt() {
    for (Path above = project; above != null; above = above.getParent()) {
      assertThat(PathGuard.refusal(above, project)).isPresent();
    }
  }

  @Test
  void aLinkAboveTheProjectIsTheUsersOwn() throws IOException {
    Path real = Files.createDirectory(project.resolve("real"));
    Path linked = Files.createSymbolicLink(project.resolve("linked"), real);
    assertThat(PathGuard.refusal(linked.resolve("out"), linked)).isEmpty();
    assertThat(PathGuard.refusal(linked.resolve("out"), project))
        .contains("lies below the symbolic link linked");
  }

  @Test
  void aDanglingLink() throws IOException {
    Path link = Files.createSymbolicLink(project.resolve("out"), Path.of("nowhere"));
    assertThat(PathGuard.refusal(link, project)).contains("is a symbolic link");
  }
}
