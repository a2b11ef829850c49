package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.finding.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output paths that are not a plain folder of the project's own. */
class OutputPathTest {

  private static final Map<String, String> WANTED = Map.of("shop.yaml", "kind: A\n");

  @TempDir Path temp;

  private Path project;
  private Path outside;

  @BeforeEach
  void folders() throws IOException {
    project = Files.createDirectory(temp.resolve("project"));
    outside = Files.createDirectory(temp.resolve("outside"));
  }

  private void refused(Path folder, String why) throws IOException {
    OutputPlan plan = OutputFolder.at(folder, project).plan(WANTED);
    assertThat(plan.findings()).hasSize(1);
    Finding finding = plan.findings().get(0);
    assertThat(finding.code().code()).isEqualTo("EGR923");
    assertThat(finding.message()).contains(why);
    assertThat(plan.isUpToDate()).isFalse();
    assertThatThrownBy(plan::write).isInstanceOf(IllegalStateException.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void theProjectItselfAndWhatIsAboveIt() throws IOException {
    refused(project, "is the project itself");
    refused(temp, "holds the project");
    refused(Path.of("a/.."), "is the project itself");
    assertThatThrownBy(() -> OutputFolder.at(Path.of("/"), project))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFolderThatSomebodyLivesIn() throws IOException {
    Path folder = Files.createDirectories(project.resolve("out"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    refused(folder, "holds a pom.xml");
    Files.delete(folder.resolve("pom.xml"));
    Files.createDirectory(folder.resolve(".git"));
    refused(folder, "holds a .git");
  }

  @Test
  void aFile() throws IOException {
    Files.writeString(project.resolve("out"), "mine");
    refused(project.resolve("out"), "is a file");
    refused(project.resolve("out/deeper"), "lies below out, which is a file");
    assertThat(project.resolve("out")).hasContent("mine");
  }

  @Test
  void aLink() throws IOException {
    Files.createSymbolicLink(project.resolve("out"), outside);
    refused(project.resolve("out"), "is a symbolic link");
    refused(project.resolve("out/deeper"), "lies below the symbolic link out");
    Files.createSymbolicLink(project.resolve("loop"), Path.of("loop"));
    refused(project.resolve("loop"), "is a symbolic link");
  }

  @Test
  void aLinkInside() throws IOException {
    Path folder = Files.createDirectories(project.resolve("out"));
    Files.createSymbolicLink(folder.resolve("shop.yaml"), outside.resolve("shop.yaml"));
    refused(folder, "is a symbolic link");
    Files.delete(folder.resolve("shop.yaml"));
    Files.createSymbolicLink(folder.resolve("deep"), outside);
    refused(folder, "out/deep is a symbolic link");
  }

  @Test
  void aLinkThatComesBetweenPlanAndWrite() throws IOException {
    OutputPlan plan = OutputFolder.at(Path.of("out"), project).plan(WANTED);
    Files.createSymbolicLink(project.resolve("out"), outside);
    assertThatThrownBy(plan::write).isInstanceOf(UncheckedIOException.class);
    assertThat(outside).isEmptyDirectory();
    assertThat(project.toFile().list()).containsExactly("out");
  }

  @Test
  void aFolderBesideTheProjectIsFine() throws IOException {
    OutputFolder.at(outside.resolve("deep/out"), project).plan(WANTED).write();
    assertThat(outside.resolve("deep/out/shop.yaml")).exists();
  }

  @Test
  void aPlaceWhereNothingCanBeWrittenIsToldWithItsPath() throws IOException {
    // Root may write wherever permissions forbid it, but not into the kernel's own tree.
    Path kernels = Path.of("/proc/self/task");
    boolean root = Files.isDirectory(kernels) && Files.isWritable(Path.of("/"));
    Path readOnly = root ? kernels : Files.createDirectory(project.resolve("read-only"));
    if (!root) {
      Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    OutputPlan plan = OutputFolder.at(readOnly.resolve("out"), project).plan(WANTED);
    assertThatThrownBy(plan::write)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("out");
    assertThat(readOnly.resolve("out")).doesNotExist();
  }

  @Test
  void aParentThatBecomesAFileIsToldWithItsPath() throws IOException {
    OutputPlan plan = OutputFolder.at(Path.of("deep/out"), project).plan(WANTED);
    Files.writeString(project.resolve("deep"), "in the way");
    assertThatThrownBy(plan::write)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(project.resolve("deep/out").toString());
    assertThat(project.toFile().list()).containsExactly("deep");
  }

  @Test
  void rightsOfTheFolderStay() throws IOException {
    Path folder = project.resolve("out");
    OutputFolder.at(folder, project).plan(WANTED).write();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    OutputFolder.at(folder, project).plan(Map.of("b.yaml", "kind: B\n")).write();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(List.of(folder.toFile().list())).containsExactlyInAnyOrder("b.yaml", Inventory.FILE);
  }
}
