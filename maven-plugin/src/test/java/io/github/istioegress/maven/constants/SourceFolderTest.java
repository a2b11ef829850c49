package io.github.istioegress.maven.constants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceFolderTest {

  private static final String A = ConstantSources.MARK + "\nclass A {}\n";

  @TempDir private Path root;

  private int hold(Map<String, String> files) {
    return new SourceFolder(root).hold(new TreeMap<>(files));
  }

  @Test
  void whatIsTheSameIsNotWrittenAgain() throws IOException {
    assertThat(hold(Map.of("p/A.java", A, "p/B.java", A))).isEqualTo(2);
    FileTime past = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(root.resolve("p/A.java"), past);

    assertThat(hold(Map.of("p/A.java", A, "p/B.java", A + "// other\n"))).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(root.resolve("p/A.java"))).isEqualTo(past);
    assertThat(root.resolve("p/B.java")).hasContent(A + "// other\n");
  }

  @Test
  void filesOfOursThatAreWantedNoLongerGoAndOthersStay() throws IOException {
    hold(Map.of("p/A.java", A));
    Files.writeString(root.resolve("p/Mine.java"), "class Mine {}\n");

    assertThat(hold(Map.of("q/A.java", A))).isEqualTo(2);
    assertThat(root.resolve("p/A.java")).doesNotExist();
    assertThat(root.resolve("p/Mine.java")).exists();
  }
}
