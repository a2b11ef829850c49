package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F1, F3, F4, F5: the process is killed, the disk is full or fails, or refuses, at each single
 * change to the disk in turn.
 */
class WriteFaultsTest {

  private static final Map<String, String> OLD =
      Map.of(
          "stays.yaml", "kind: S\n",
          "changes.yaml", "kind: Old\n",
          "deep/er/changes.yaml", "kind: Old\n",
          "deep/goes.yaml", "kind: G\n");

  private static final Map<String, String> NEW =
      Map.of(
          "stays.yaml", "kind: S\n",
          "changes.yaml", "kind: New\n",
          "deep/er/changes.yaml", "kind: New\n",
          "comes/first.yaml", "kind: F\n");

  /** What takes room on the disk. */
  private static final Set<String> GROWS = Set.of("open", "write", "folder", "link", "copy");

  @TempDir Path temp;

  private final FaultyDisk sound = new FaultyDisk((what, path) -> {});
  private int projects;

  /** Where to fail. */
  private interface Fault {
    void at(int change, String what, Path path) throws IOException;
  }

  private Path project() throws IOException {
    Path project = Files.createDirectory(temp.resolve("project-" + projects++));
    OutputFolder.at(Path.of("manifests"), sound.at(project)).plan(OLD).write();
    Files.writeString(project.resolve("manifests/README.md"), "mine");
    return project;
  }

  private static Map<String, String> tree(Path folder) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          tree.put(folder.relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return tree;
  }

  private static Map<String, String> whole(Map<String, String> generated) {
    Map<String, String> whole = new TreeMap<>(generated);
    whole.put("README.md", "mine");
    whole.put(Inventory.FILE, Inventory.of(Texts.of(generated)).text());
    return whole;
  }

  private static FaultyDisk failing(Fault fault) {
    int[] count = new int[1];
    return new FaultyDisk(
        (what, path) -> fault.at(what.equals("may write") ? -1 : count[0]++, what, path));
  }

  private static void write(FaultyDisk disk, Path project) {
    OutputFolder.at(Path.of("manifests"), disk.at(project)).plan(NEW).write();
  }

  /** The next run needs no help, and nothing of the broken one stays. */
  private void endsWell(Path project) throws IOException {
    write(sound, project);
    assertThat(tree(project.resolve("manifests"))).isEqualTo(whole(NEW));
    assertThat(project.toFile().list()).containsExactly("manifests");
  }

  private int changes() throws IOException {
    FaultyDisk disk = failing((change, what, path) -> {});
    write(disk, project());
    assertThat(disk.changes).hasSizeGreaterThan(40);
    assertThat(disk.changes.stream().map(line -> line.replaceAll(" .*", "")).distinct())
        .contains("open", "write", "force", "folder", "link", "move", "delete", "rights");
    return disk.changes.size();
  }

  @Test
  void killedBeforeAnyChangeTheOutputIsOldOrNew() throws IOException {
    int changes = changes();
    for (int n = 0; n < changes; n++) {
      int at = n;
      Path project = project();
      FaultyDisk disk =
          failing(
              (change, what, path) -> {
                if (change == at) {
                  throw new FaultyDisk.Crash();
                }
              });
      assertThatThrownBy(() -> write(disk, project)).isInstanceOf(FaultyDisk.Crash.class);
      Path out = project.resolve("manifests");
      Path between = project.resolve(".manifests.istio-egress-old");
      // Between the two renames the old one lies beside, and the next run brings it back.
      assertThat(tree(Files.exists(out) ? out : between))
          .as(disk.changes.get(disk.changes.size() - 1))
          .isIn(whole(OLD), whole(NEW));
      endsWell(project);
    }
  }

  @Test
  void aDiskThatFailsOnceLeavesTheOutputOldOrNewAndIsTold() throws IOException {
    int changes = changes();
    for (int n = 0; n < changes; n++) {
      int at = n;
      Path project = project();
      FaultyDisk disk =
          failing(
              (change, what, path) -> {
                if (change == at) {
                  throw new FileSystemException(path.toString(), null, "Input/output error");
                }
              });
      Throwable told = catchThrowable(() -> write(disk, project));
      String where = disk.changes.get(at);
      Map<String, String> left = tree(project.resolve("manifests"));
      if (told == null) {
        // No failure: a folder is not waited for, a link becomes a copy, a folder is there already.
        assertThat(where).matches("(force|link) .*|folder .*/project-\\d+(/.*)?");
        assertThat(left).isEqualTo(whole(NEW));
      } else {
        assertThat(told)
            .as(where)
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining("manifests")
            .hasMessageContaining("Input/output error");
        assertThat(left).as(where).isIn(whole(OLD), whole(NEW));
      }
      endsWell(project);
    }
  }

  @Test
  void aFullDiskLeavesTheOldOutputAndSaysWhatIsNeeded() throws IOException {
    int changes = changes();
    int full = 0;
    for (int n = 0; n < changes; n++) {
      int at = n;
      Path project = project();
      FaultyDisk disk =
          failing(
              (change, what, path) -> {
                if (change >= at && GROWS.contains(what)) {
                  throw new FileSystemException(path.toString(), null, "No space left on device");
                }
              });
      Throwable told = catchThrowable(() -> write(disk, project));
      Map<String, String> left = tree(project.resolve("manifests"));
      if (told != null) {
        full++;
        assertThat(left).isEqualTo(whole(OLD));
        assertThat(told)
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining(project.toString())
            .hasMessageContaining("No space left on device");
        if (String.valueOf(told.getMessage()).startsWith("Cannot write the output")) {
          assertThat(told).hasMessageContaining("4 files with ").hasMessageContaining("free");
        }
        assertThat(project.toFile().list()).allMatch(one -> one.equals("manifests"));
      } else {
        assertThat(left).isEqualTo(whole(NEW));
      }
      endsWell(project);
    }
    assertThat(full).isGreaterThan(8);
  }

  @Test
  void whereSomethingMayNotBeWrittenNothingIs() throws IOException {
    for (String denied :
        List.of("manifests", "manifests/changes.yaml", "manifests/deep/goes.yaml", ".")) {
      Path project = project();
      Path path = project.resolve(denied).normalize();
      FaultyDisk disk =
          failing(
              (change, what, asked) -> {
                if (what.equals("may write") && asked.equals(path)) {
                  throw new AccessDeniedException(path.toString());
                }
              });
      assertThatThrownBy(() -> write(disk, project))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(path.toString());
      assertThat(disk.changes).isEmpty();
      assertThat(tree(project.resolve("manifests"))).isEqualTo(whole(OLD));
    }
  }
}
