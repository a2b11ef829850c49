package io.github.istioegress.maven.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassFolderTest {

  @TempDir private Path folder;

  @Test
  void namesEveryClassInOrder() throws IOException {
    put("com/acme/CnnEgress.class", "com/acme/CnnEgress$Names.class", "Loose.class");

    assertThat(ClassFolder.classNames(folder))
        .containsExactly("Loose", "com.acme.CnnEgress", "com.acme.CnnEgress$Names");
  }

  @Test
  void leavesOutWhatIsNoClassOfTheModule() throws IOException {
    put(
        "module-info.class",
        "com/acme/package-info.class",
        "META-INF/versions/21/com/acme/CnnEgress.class",
        "com/acme/notes.txt");

    assertThat(ClassFolder.classNames(folder)).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereHasNone() {
    assertThat(ClassFolder.classNames(folder.resolve("classes"))).isEmpty();
  }

  private void put(String... paths) throws IOException {
    for (String path : paths) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }
}
