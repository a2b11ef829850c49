package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.finding.InputCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  private static final Map<String, String> TWO =
      Map.of("shop.yaml", "kind: A\n", "install/op.yaml", "kind: B\n");

  @TempDir Path project;

  private Path out;
  private OutputFolder folder;

  @BeforeEach
  void folder() {
    out = project.resolve("manifests");
    folder = OutputFolder.at(Path.of("manifests"), project);
  }

  private void write(Map<String, String> wanted) {
    folder.plan(wanted).write();
  }

  private List<String> codes(Map<String, String> wanted) {
    return folder.plan(wanted).findings().stream()
        .map(finding -> finding.code().code() + " " + finding.location())
        .toList();
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> all = Files.walk(project)) {
      return all.filter(Files::isRegularFile)
          .map(path -> project.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void filesOutsideOfThePartStayAndStayKnown() throws IOException {
    write(TWO);
    Files.writeString(out.resolve("install/op.yaml"), "edited by hand\n");
    OutputPlan plan =
        folder.plan(
            Texts.of(Map.of("shop.yaml", "kind: C\n")), path -> !path.startsWith("install/"));
    assertThat(plan.findings()).isEmpty();
    assertThat(plan.changed()).containsExactly("shop.yaml");
    assertThat(plan.stale()).isEmpty();
    plan.write();
    assertThat(out.resolve("install/op.yaml")).hasContent("edited by hand");
    assertThat(out.resolve("shop.yaml")).hasContent("kind: C");
    assertThat(folder.plan(Map.of()).edited()).containsExactly("install/op.yaml");
    assertThat(folder.plan(Map.of()).stale()).containsExactly("shop.yaml");
  }

  @Test
  void aFreshFolderIsMade() throws IOException {
    OutputPlan plan = folder.plan(TWO);
    assertThat(plan.created()).containsExactly("install/op.yaml", "shop.yaml");
    assertThat(plan.isUpToDate()).isFalse();
    assertThat(out).doesNotExist();
    assertThat(plan.write()).hasToString("2 written, 0 removed, 0 unchanged");
    assertThat(tree())
        .containsExactly(
            "manifests/.istio-egress-inventory",
            "manifests/install/op.yaml",
            "manifests/shop.yaml");
    assertThat(out.resolve("shop.yaml")).hasContent("kind: A\n");
    assertThat(folder.plan(TWO).isUpToDate()).isTrue();
    assertThat(folder.plan(TWO).diff()).isEmpty();
  }

  @Test
  void nothingWantedMakesNothing() throws IOException {
    assertThat(folder.plan(Map.of()).isUpToDate()).isTrue();
    write(Map.of());
    assertThat(tree()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void whatIsUnchangedIsNotTouched() throws IOException {
    write(TWO);
    FileTime past = FileTime.fromMillis(1_000_000);
    for (String path : List.of("shop.yaml", "install/op.yaml", "install", "")) {
      Files.setLastModifiedTime(out.resolve(path), past);
    }
    Object key =
        Files.readAttributes(out, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
    assertThat(folder.plan(TWO).write()).isEqualTo(new WriteResult(List.of(), List.of(), 2));
    assertThat(Files.getLastModifiedTime(out)).isEqualTo(past);
    assertThat(
            Files.readAttributes(out, java.nio.file.attribute.BasicFileAttributes.class).fileKey())
        .isEqualTo(key);

    write(Map.of("shop.yaml", "kind: A2\n", "install/op.yaml", "kind: B\n"));
    assertThat(Files.getLastModifiedTime(out.resolve("install/op.yaml"))).isEqualTo(past);
    assertThat(Files.getLastModifiedTime(out.resolve("shop.yaml"))).isGreaterThan(past);
  }

  @Test
  void aChangeIsShownAndWritten() {
    write(TWO);
    OutputPlan plan = folder.plan(Map.of("shop.yaml", "kind: C\n", "install/op.yaml", "kind: B\n"));
    assertThat(plan.changed()).containsExactly("shop.yaml");
    assertThat(plan.unchanged()).containsExactly("install/op.yaml");
    assertThat(plan.diff())
        .isEqualTo("--- a/shop.yaml\n+++ b/shop.yaml\n@@ -1,1 +1,1 @@\n-kind: A\n+kind: C\n");
    assertThat(plan.write()).hasToString("1 written, 0 removed, 1 unchanged");
    assertThat(out.resolve("shop.yaml")).hasContent("kind: C\n");
  }

  @Test
  void whatIsWantedNoLongerGoesWithItsFolder() throws IOException {
    write(TWO);
    Map<String, String> one = Map.of("shop.yaml", "kind: A\n");
    OutputPlan plan = folder.plan(one);
    assertThat(plan.stale()).containsExactly("install/op.yaml");
    assertThat(plan.diff()).contains("+++ /dev/null", "-kind: B");
    assertThat(plan.write().removed()).containsExactly("install/op.yaml");
    assertThat(out.resolve("install")).doesNotExist();
    write(Map.of());
    assertThat(tree()).containsExactly("manifests/.istio-egress-inventory");
    assertThat(folder.plan(Map.of()).isUpToDate()).isTrue();
  }

  @Test
  void aFileThatSomebodyDeletedIsMadeAgain() throws IOException {
    write(TWO);
    Files.delete(out.resolve("shop.yaml"));
    assertThat(folder.plan(TWO).created()).containsExactly("shop.yaml");
    write(TWO);
    assertThat(out.resolve("shop.yaml")).exists();
  }

  @Test
  void anEditedFileStopsWithADifference() throws IOException {
    write(TWO);
    for (String edit : List.of("kind: A2\n", "kind: A\r\n", "kind: A\n---\nkind: D\n", "")) {
      Files.writeString(out.resolve("shop.yaml"), edit);
      OutputPlan plan = folder.plan(TWO);
      assertThat(plan.edited()).containsExactly("shop.yaml");
      assertThat(codes(TWO)).containsExactly("EGR920 manifests/shop.yaml");
      assertThat(plan.findings().get(0).message()).contains("+++ b/shop.yaml");
      assertThat(plan.isUpToDate()).isFalse();
      assertThatThrownBy(plan::write)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("EGR920");
      assertThat(out.resolve("shop.yaml")).hasContent(edit);
    }
  }

  @Test
  void anEditedFileIsNotRemovedEither() throws IOException {
    write(TWO);
    Files.writeString(out.resolve("shop.yaml"), "mine");
    assertThat(codes(Map.of())).containsExactly("EGR920 manifests/shop.yaml");
  }

  @Test
  void anEditToWhatIsWantedNowIsFine() throws IOException {
    write(TWO);
    Map<String, String> next = Map.of("shop.yaml", "kind: C\n");
    Files.writeString(out.resolve("shop.yaml"), "kind: C\n");
    assertThat(codes(next)).isEmpty();
    assertThat(folder.plan(next).isUpToDate()).isFalse();
    write(next);
    assertThat(folder.plan(next).isUpToDate()).isTrue();
  }

  @Test
  void foreignFilesStay() throws IOException {
    write(TWO);
    Files.writeString(out.resolve("README.md"), "mine");
    Files.createDirectories(out.resolve("install/deep/empty"));
    Files.writeString(out.resolve("install/deep/x"), "mine too");
    FileTime past = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(out.resolve("README.md"), past);
    OutputPlan plan = folder.plan(Map.of("other.yaml", "kind: O\n"));
    assertThat(plan.foreign()).containsExactly("README.md", "install/deep/x");
    plan.write();
    assertThat(tree())
        .containsExactly(
            "manifests/.istio-egress-inventory",
            "manifests/README.md",
            "manifests/install/deep/x",
            "manifests/other.yaml");
    assertThat(out.resolve("install/deep/empty")).isDirectory();
    assertThat(Files.getLastModifiedTime(out.resolve("README.md"))).isEqualTo(past);
  }

  @Test
  void aForeignFileInTheWayStops() throws IOException {
    write(Map.of("shop.yaml", "kind: A\n"));
    Files.writeString(out.resolve("Other.yaml"), "mine");
    Files.createDirectories(out.resolve("folder.yaml"));
    assertThat(codes(Map.of("shop.yaml", "kind: A\n", "Other.yaml", "kind: B\n")))
        .containsExactly("EGR921 manifests/Other.yaml");
    assertThat(codes(Map.of("other.yaml", "kind: B\n")))
        .as("one file where case does not count")
        .containsExactly("EGR921 manifests/Other.yaml");
    assertThat(codes(Map.of("Other.yaml/x.yaml", "kind: B\n")))
        .containsExactly("EGR921 manifests/Other.yaml");
    assertThat(codes(Map.of("folder.yaml", "kind: B\n")))
        .containsExactly("EGR921 manifests/folder.yaml");
  }

  @Test
  void aMissingInventoryStops() throws IOException {
    write(TWO);
    Files.delete(out.resolve(Inventory.FILE));
    assertThat(codes(TWO)).containsExactly("EGR922 manifests/.istio-egress-inventory");
    assertThat(codes(Map.of("new.yaml", "kind: N\n"))).isEmpty();
  }

  @Test
  void aDamagedInventoryStops() throws IOException {
    write(TWO);
    for (String text : List.of("", "istio-egress inventory 2\n", "istio-egress inventory 1")) {
      Files.writeString(out.resolve(Inventory.FILE), text);
      assertThat(codes(TWO)).containsExactly("EGR922 manifests/.istio-egress-inventory");
      assertThat(codes(Map.of())).containsExactly("EGR922 manifests/.istio-egress-inventory");
    }
  }

  @Test
  void hostileNamesWriteNothing() throws IOException {
    for (String name : List.of("../x", "/tmp/x", "a/../../x", "con.yaml", "a\u0000", "")) {
      Map<String, String> wanted = Map.of(name, "x");
      assertThat(folder.plan(wanted).findings())
          .extracting(finding -> finding.code())
          .contains(InputCode.NAME_LEAVES_FOLDER);
      assertThatThrownBy(() -> write(wanted)).isInstanceOf(IllegalStateException.class);
    }
    assertThat(codes(Map.of("a.yaml", "", "A.yaml", "")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("EGR914");
    assertThat(codes(Map.of(Inventory.FILE, "")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("EGR914");
    assertThat(tree()).isEmpty();
  }

  @Test
  void aChangeBetweenPlanAndWriteStops() throws IOException {
    write(TWO);
    OutputPlan plan = folder.plan(Map.of("shop.yaml", "kind: C\n"));
    Files.writeString(out.resolve("shop.yaml"), "mine");
    assertThatThrownBy(plan::write)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("manifests")
        .hasMessageContaining("run again");
    assertThat(out.resolve("shop.yaml")).hasContent("mine");
    assertThat(project.toFile().list()).containsExactly("manifests");
  }

  @Test
  void theDifferenceOfManyFilesIsBounded() {
    Map<String, String> many = new java.util.HashMap<>();
    for (int i = 0; i < 60; i++) {
      many.put("n" + i + ".yaml", "kind: A\n".repeat(300));
    }
    String diff = folder.plan(many).diff();
    assertThat(diff).endsWith("(10 more files)\n").contains("more lines)");
    assertThat(diff.lines().count()).isLessThan(11_000);
  }
}
