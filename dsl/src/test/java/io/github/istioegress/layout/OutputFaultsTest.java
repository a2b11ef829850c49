package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F6, F7, F10, F18, F25: links in the way, folders swapped for links while a run writes, edits,
 * times that are wrong, an inventory with any damage. {@code -Dfaults.rounds=200} does it more
 * often.
 */
class OutputFaultsTest {

  private static final int ROUNDS = Integer.getInteger("faults.rounds", 3);

  private static final Map<String, String> OLD =
      Map.of("a.yaml", "kind: A\n", "sub/b.yaml", "kind: B\n", "sub/c.yaml", "kind: C\n");
  private static final Map<String, String> NEW =
      Map.of("a.yaml", "kind: A2\n", "sub/b.yaml", "kind: B\n", "more/d.yaml", "kind: D\n");

  @TempDir Path temp;

  private final Random random = new Random(1);
  private Path project = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void anOlderOutputWithAForeignFile() throws IOException {
    project = Files.createDirectory(temp.resolve("project"));
    out = project.resolve("manifests");
    folder().plan(OLD).write();
    Files.writeString(out.resolve("README.md"), "mine");
  }

  private OutputFolder folder() {
    return OutputFolder.at(out, project);
  }

  @Test
  void aLinkToADeviceIsNeitherReadNorWritten() throws IOException {
    for (String file : List.of("a.yaml", Inventory.FILE, "other.yaml")) {
      Path link = out.resolve(file);
      byte[] before = Files.exists(link) ? Files.readAllBytes(link) : new byte[0];
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of("/dev/zero"));
      assertThat(folder().plan(NEW).findings())
          .extracting(finding -> finding.code().code())
          .contains("EGR923");
      Files.delete(link);
      Files.write(link, before);
    }
  }

  @Test
  void aFolderThatIsSwappedForALinkLeadsNobodyOutside() throws Exception {
    Path outside = temp.resolve("outside");
    Files.createDirectories(outside.resolve("sub"));
    for (String name : List.of("a.yaml", "sub/b.yaml", "sub/c.yaml", "keep")) {
      Files.writeString(outside.resolve(name), "not yours");
    }
    Map<String, String> untouched = WritingProcess.tree(outside);
    for (String swapped : List.of("manifests", "manifests/sub")) {
      AtomicBoolean over = new AtomicBoolean();
      Thread swapper = new Thread(() -> swap(project.resolve(swapped), outside, over));
      swapper.start();
      for (int i = 0; i < 40 * ROUNDS; i++) {
        try {
          folder().plan(i % 2 == 0 ? NEW : OLD).write();
        } catch (UncheckedIOException | IllegalStateException told) {
          Thread.onSpinWait();
        }
        assertThat(WritingProcess.tree(outside)).isEqualTo(untouched);
      }
      over.set(true);
      swapper.join();
      assertThat(WritingProcess.tree(outside)).isEqualTo(untouched);
    }
  }

  /** Takes the folder away, puts a link there, and takes it back, over and over. */
  private void swap(Path folder, Path target, AtomicBoolean over) {
    Path aside = temp.resolve("aside");
    while (!over.get()) {
      try {
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.createSymbolicLink(folder, target);
        Thread.onSpinWait();
        Files.delete(folder);
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException lostTheRace) {
        try {
          if (Files.isSymbolicLink(folder)) {
            Files.delete(folder);
          }
          Disk.delete(aside);
        } catch (IOException again) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void anyEditStopsAndAnythingForeignStays() throws IOException {
    for (int i = 0; i < 17 * ROUNDS; i++) {
      Path file = out.resolve(random.nextBoolean() ? "a.yaml" : "sub/b.yaml");
      byte[] bytes = Files.readAllBytes(file);
      byte[] edited =
          switch (i % 3) {
            case 0 -> {
              byte[] flipped = bytes.clone();
              flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(7));
              yield flipped;
            }
            case 1 -> text(bytes).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            default -> (text(bytes) + "---\nkind: X\n").getBytes(StandardCharsets.UTF_8);
          };
      Files.write(file, edited);
      OutputPlan plan = folder().plan(OLD);
      assertThat(plan.edited()).containsExactly(out.relativize(file).toString());
      assertThat(plan.findings()).hasSize(1);
      assertThat(plan.diff()).isNotEmpty();
      assertThat(file).hasBinaryContent(edited);
      Files.delete(file);
      assertThat(folder().plan(OLD).created()).containsExactly(out.relativize(file).toString());
      folder().plan(OLD).write();
      assertThat(file).hasBinaryContent(bytes);
      assertThat(out.resolve("README.md")).hasContent("mine");
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void timesOfFilesSayNothing() throws IOException {
    for (String time : List.of("1970-01-01T00:00:00Z", "2106-02-07T06:28:16Z")) {
      FileTime odd = FileTime.from(java.time.Instant.parse(time));
      for (String path : OLD.keySet()) {
        Files.setLastModifiedTime(out.resolve(path), odd);
      }
      Files.setLastModifiedTime(out.resolve(Inventory.FILE), odd);
      assertThat(folder().plan(OLD).isUpToDate()).isTrue();
      Map<String, String> other = new TreeMap<>(OLD);
      other.put("a.yaml", "kind: B\n");
      assertThat(folder().plan(other).changed()).as("as long as before").containsExactly("a.yaml");
      Files.writeString(out.resolve("a.yaml"), "kind: Z\n");
      Files.setLastModifiedTime(out.resolve("a.yaml"), odd);
      assertThat(folder().plan(OLD).edited()).containsExactly("a.yaml");
      Files.writeString(out.resolve("a.yaml"), OLD.get("a.yaml"));
    }
  }

  @Test
  void noDamageToTheInventoryLosesAFile() throws IOException {
    Path inventory = out.resolve(Inventory.FILE);
    byte[] sound = Files.readAllBytes(inventory);
    Map<String, String> before = WritingProcess.tree(out);
    for (int i = 0; i < 100 * ROUNDS; i++) {
      byte[] damaged = damaged(sound);
      Files.write(inventory, damaged);
      OutputPlan plan = folder().plan(NEW);
      assertThat(plan.stale()).isSubsetOf("sub/c.yaml");
      if (plan.findings().isEmpty()) {
        plan.write();
        Map<String, String> after = WritingProcess.tree(out);
        assertThat(after).containsAllEntriesOf(NEW).containsEntry("README.md", "mine");
        // Of a file that the inventory does not name nobody may say that it was generated.
        assertThat(after.containsKey("sub/c.yaml"))
            .isNotEqualTo(plan.stale().contains("sub/c.yaml"));
        Disk.delete(project);
        anOlderOutputWithAForeignFile();
      } else {
        assertThat(WritingProcess.tree(out)).isEqualTo(before);
      }
    }
  }

  private byte[] damaged(byte[] sound) {
    byte[] damaged = sound.clone();
    int at = random.nextInt(sound.length);
    return switch (random.nextInt(4)) {
      case 0 -> {
        damaged[at] = (byte) random.nextInt(256);
        yield damaged;
      }
      case 1 -> java.util.Arrays.copyOf(sound, at);
      case 2 -> {
        random.nextBytes(damaged);
        yield damaged;
      }
      default ->
          (text(sound).substring(0, at) + text(sound).substring(random.nextInt(sound.length)))
              .getBytes(StandardCharsets.UTF_8);
    };
  }
}
