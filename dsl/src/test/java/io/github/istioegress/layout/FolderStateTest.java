package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStateTest {

  @TempDir Path folder;

  @Test
  void nothingIsThere() {
    FolderState state = FolderState.of(folder.resolve("missing"));
    assertThat(state.files()).isEmpty();
    assertThat(state.folders()).isEmpty();
    assertThat(state.emptyFolders()).isEmpty();
  }

  @Test
  void filesAndFoldersAreSortedAndRelative() throws IOException {
    Files.createDirectories(folder.resolve("b/empty"));
    Files.createDirectories(folder.resolve("lonely/deep"));
    Files.writeString(folder.resolve("b/c.yaml"), "");
    Files.writeString(folder.resolve("a.yaml"), "");
    FolderState state = FolderState.of(folder);
    assertThat(state.files()).containsExactly("a.yaml", "b/c.yaml");
    assertThat(state.folders()).containsExactly("b", "b/empty", "lonely", "lonely/deep");
    assertThat(state.emptyFolders()).containsExactly("b/empty", "lonely/deep");
    assertThat(state.odd()).isEmpty();
    assertThat(FolderState.of(folder)).isEqualTo(state);
  }

  @Test
  void linksAreSeenAndNotFollowed() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target"));
    Files.writeString(target.resolve("x"), "");
    Files.createSymbolicLink(folder.resolve("link"), target);
    Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
    FolderState state = FolderState.of(folder);
    assertThat(state.files()).containsExactly("target/x");
    assertThat(state.odd()).containsOnlyKeys("dangling", "link");
    assertThat(state.odd().values()).containsOnly("is a symbolic link");
  }
}
