package io.github.istioegress.maven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.layout.OutputFolder;
import io.github.istioegress.maven.project.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriftTest {

  private static final Map<String, String> TWO =
      Map.of("cnn/news.yaml", "kind: A\n", "cnn/shop.yaml", "kind: B\n");

  @TempDir private Path project;

  @BeforeEach
  void older() {
    OutputFolder.at(project.resolve("manifests"), project).plan(TWO).write();
  }

  @Test
  void nothingToSay() {
    Drift drift = drift(TWO);

    assertThatCode(drift::orRefuse).doesNotThrowAnyException();
    assertThat(drift.upToDate()).isEqualTo("2 files in manifests up to date");
  }

  @Test
  void staleOrphanAndMissingFilesHaveTheirOwnWords() {
    Drift drift = drift(Map.of("cnn/news.yaml", "kind: C\n", "cnn/new.yaml", "kind: D\n"));

    assertThatCode(drift::orRefuseWriting).doesNotThrowAnyException();
    assertThatThrownBy(drift::orRefuse)
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("manifests: not what the definitions yield\n")
        .hasMessageContaining("  missing manifests/cnn/new.yaml: not generated yet\n")
        .hasMessageContaining("  stale   manifests/cnn/news.yaml: its definition says something")
        .hasMessageContaining("  orphan  manifests/cnn/shop.yaml: no definition yields it any more")
        .hasMessageEndingWith("\nrepair with: mvn istio-egress:generate");
  }

  @Test
  void anEditStopsCheckAndGenerateAlike() throws IOException {
    Files.writeString(project.resolve("manifests/cnn/shop.yaml"), "kind: Z\n");
    Drift drift = drift(TWO);

    assertThatThrownBy(drift::orRefuse)
        .hasMessageContaining("  edited  manifests/cnn/shop.yaml: changed by hand")
        .hasMessageNotContainingAny("stale  ", "repair with")
        .hasMessageEndingWith("delete the edited file, then: mvn istio-egress:generate");
    assertThatThrownBy(drift::orRefuseWriting)
        .hasMessageStartingWith("manifests: nothing written\n")
        .hasMessageContaining("edited  manifests/cnn/shop.yaml");
  }

  private Drift drift(Map<String, String> wanted) {
    return new Drift(
        OutputFolder.at(project.resolve("manifests"), project).plan(wanted), "manifests", "");
  }
}
