package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves behind, at every step, and two builds at once. */
class FolderSwapTest {

  private static final Map<String, String> OLD = Map.of("shop.yaml", "kind: Old\n");
  private static final Map<String, String> NEW = Map.of("shop.yaml", "kind: New\n");

  @TempDir Path project;

  private Path out;
  private OutputFolder folder;

  @BeforeEach
  void anOlderOutputWithAForeignFile() throws IOException {
    out = project.resolve("manifests");
    folder = OutputFolder.at(out, project);
    folder.plan(OLD).write();
    Files.writeString(out.resolve("README.md"), "mine");
  }

  private Path beside(String what) {
    return project.resolve(".manifests.istio-egress-" + what);
  }

  private void copyTo(Path to, String text) throws IOException {
    Files.createDirectory(to);
    Files.writeString(to.resolve("README.md"), "mine");
    Map<String, String> texts = Map.of("shop.yaml", text);
    Files.writeString(to.resolve("shop.yaml"), text);
    Files.writeString(to.resolve(Inventory.FILE), Inventory.of(Texts.of(texts)).text());
  }

  private void endsWellWith(Map<String, String> before) {
    assertThat(folder.plan(before).isUpToDate()).isTrue();
    assertThat(project.toFile().list()).containsExactly("manifests");
    folder.plan(NEW).write();
    assertThat(folder.plan(NEW).isUpToDate()).isTrue();
    assertThat(out.resolve("README.md")).hasContent("mine");
    assertThat(project.toFile().list()).containsExactly("manifests");
  }

  @Test
  void whileBuilding() throws IOException {
    Files.createDirectory(beside("new"));
    Files.writeString(beside("new").resolve("shop.yaml"), "kind: Ne");
    Files.writeString(beside("lock"), "process 1 dead");
    endsWellWith(OLD);
  }

  @Test
  void betweenTheTwoRenames() throws IOException {
    Files.move(out, beside("old"));
    copyTo(beside("new"), "kind: New\n");
    endsWellWith(OLD);
  }

  @Test
  void afterTheSecondRename() throws IOException {
    Files.move(out, beside("old"));
    copyTo(out, "kind: New\n");
    endsWellWith(NEW);
  }

  @Test
  void whileClearingUp() throws IOException {
    Files.createDirectories(beside("gone").resolve("half"));
    endsWellWith(OLD);
  }

  @Test
  void onlyTheLockIsLeft() throws IOException {
    Files.writeString(beside("lock"), "process 1 dead");
    endsWellWith(OLD);
  }

  @Test
  void aFolderThatSomebodyMadeMeanwhileIsNotTakenForOurs() throws IOException {
    Files.move(out, beside("old"));
    Files.createDirectory(out);
    assertThatThrownBy(() -> folder.plan(NEW))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("istio-egress-old");
    assertThat(beside("old").resolve("README.md")).hasContent("mine");
  }

  @Test
  void aLinkInPlaceOfALeftoverIsNotFollowed() throws IOException {
    Path victim = Files.createDirectory(project.resolve("victim"));
    Files.writeString(victim.resolve("keep"), "me");
    Files.createSymbolicLink(beside("gone"), victim);
    Files.createSymbolicLink(beside("new"), victim);
    folder.plan(NEW).write();
    assertThat(victim.resolve("keep")).hasContent("me");
    assertThat(project.toFile().list()).containsExactlyInAnyOrder("manifests", "victim");
  }

  @Test
  void aLinkInPlaceOfTheLockIsNotFollowed() throws IOException {
    Path victim = project.resolve("victim");
    Files.writeString(victim, "keep me");
    Files.createSymbolicLink(beside("lock"), victim);
    assertThatThrownBy(() -> folder.plan(NEW).write()).isInstanceOf(UncheckedIOException.class);
    assertThat(victim).hasContent("keep me");
  }

  @Test
  void aFailureWhileBuildingLeavesTheOldFolder() throws IOException {
    FolderSwap swap = new FolderSwap(out);
    assertThatThrownBy(
            () ->
                swap.replace(
                    List.of("not-there.yaml"), List.of(), List.of("a"), path -> new byte[1]))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(out.toString());
    endsWellWith(OLD);
  }

  @Test
  void whileAnotherWritesAllOthersAreTold() {
    new FolderSwap(out)
        .locked(
            () -> {
              assertThatThrownBy(() -> folder.plan(NEW))
                  .isInstanceOf(UncheckedIOException.class)
                  .hasMessageContaining("process " + ProcessHandle.current().pid())
                  .hasMessageContaining("output folder of its own");
              assertThat(beside("lock")).exists();
            });
    endsWellWith(OLD);
  }

  @Test
  void manyWritersLeaveOneWholeOutput() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        String text = "kind: K%d\n".formatted(i);
        writers.add(() -> hasWritten(Map.of("a.yaml", text, "b.yaml", text)));
      }
      int written = 0;
      for (Future<Boolean> writer : pool.invokeAll(writers)) {
        written += writer.get() ? 1 : 0;
      }
      assertThat(written).isPositive();
    } finally {
      pool.shutdownNow();
    }
    folder.plan(Map.of());
    assertThat(Files.readString(out.resolve("a.yaml")))
        .isEqualTo(Files.readString(out.resolve("b.yaml")));
    assertThat(out.resolve("README.md")).hasContent("mine");
    assertThat(project.toFile().list()).containsExactly("manifests");
  }

  /** Fails only with words: another writes, or has written in between. */
  private boolean hasWritten(Map<String, String> wanted) {
    try {
      OutputFolder.at(out, project).plan(wanted).write();
      return true;
    } catch (UncheckedIOException told) {
      return false;
    }
  }
}
