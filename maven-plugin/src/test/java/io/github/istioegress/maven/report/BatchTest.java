package io.github.istioegress.maven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.maven.project.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchTest {

  @TempDir private Path folder;

  @Test
  void aSetThatFailsStopsNoOther() throws IOException {
    for (String set : new String[] {"a", "b", "c"}) {
      Files.createDirectory(folder.resolve(set));
    }
    Files.createFile(folder.resolve("loose.yaml"));

    var failed =
        new Batch(folder, "flows.json")
            .run(
                set -> {
                  if (set.endsWith("b")) {
                    throw new IllegalArgumentException("no \"kind\"\nin line 3");
                  }
                  return "{}\n";
                });

    assertThat(failed).containsExactly("b: no \"kind\"\nin line 3");
    assertThat(folder.resolve("a/flows.json")).hasContent("{}");
    assertThat(folder.resolve("b/flows.json"))
        .hasContent("{\"error\": \"no \\\"kind\\\"\\nin line 3\"}");
    assertThat(folder.resolve("c/flows.json")).hasContent("{}");
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> new Batch(folder.resolve("no"), "flows.json").run(set -> ""))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is not a folder");
  }
}
