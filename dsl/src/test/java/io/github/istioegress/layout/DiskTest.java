package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = folder.resolve("a");
    byte[] bytes = "ümlaut".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    Disk.write(file, bytes);
    assertThat(Disk.read(file)).isEqualTo(bytes);
  }

  @Test
  void aFileThatIsThereIsNotWrittenOver() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "mine");
    assertThatThrownBy(() -> Disk.write(file, new byte[1]))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  void aLinkIsNeitherReadNorWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "mine");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("b"));
    assertThatThrownBy(() -> Disk.read(link)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Disk.write(dangling, new byte[1])).isInstanceOf(IOException.class);
    assertThat(folder.resolve("b")).doesNotExist();
    assertThat(Disk.isThere(dangling)).isTrue();
    assertThat(Disk.isFolder(link)).isFalse();
  }

  @Test
  void deletingStopsAtLinks() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.writeString(kept.resolve("x"), "mine");
    Path gone = Files.createDirectories(folder.resolve("gone/deep"));
    Files.createSymbolicLink(gone.resolve("link"), kept);
    Disk.delete(folder.resolve("gone"));
    assertThat(folder.resolve("gone")).doesNotExist();
    assertThat(kept.resolve("x")).hasContent("mine");
    Disk.delete(folder.resolve("never-was"));
  }

  @Test
  void aFailureNamesThePathAndTheReason() {
    Path path = folder.resolve("a");
    assertThat(Disk.failure("Cannot read", path, new NoSuchFileException("a")))
        .hasMessage("Cannot read %s: a (NoSuchFileException)".formatted(path));
  }

  @Test
  void aFolderThatIsNotThereNeedsNoSync() {
    Disk.sync(folder);
    Disk.sync(folder.resolve("missing"));
  }
}
