package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * F1, F2, F3, F8: processes that write the output of 200 tenants are killed, ended and set upon
 * each other, and a real disk gets full. {@code -Dfaults.rounds=200} does it more often than every
 * build.
 */
class ProcessFaultsTest {

  private static final int ROUNDS = Integer.getInteger("faults.rounds", 3);

  @TempDir Path project;

  private final Random random = new Random(1);

  @BeforeEach
  void anOlderOutput() {
    WritingProcess.write(project, WritingProcess.output("one"));
  }

  /** How a process is made to end. */
  private interface Blow {
    void to(Process process) throws IOException, InterruptedException;
  }

  private static Process start(String... args) throws IOException {
    return new ProcessBuilder(WritingProcess.command(args)).redirectErrorStream(true).start();
  }

  private void struck(Blow blow) throws IOException, InterruptedException {
    Process process = start("swap", project.toString(), "1000000");
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("begins");
      Thread.sleep(random.nextInt(500));
      blow.to(process);
      assertThat(process.waitFor(2, TimeUnit.SECONDS)).as("ends within two seconds").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(WritingProcess.isWhole(project)).isTrue();
    WritingProcess.write(project, WritingProcess.output("one"));
    assertThat(WritingProcess.tree(project.resolve("manifests")))
        .isEqualTo(WritingProcess.output("one"));
    assertThat(project.toFile().list()).containsExactly("manifests");
  }

  @Test
  void killedWithoutWarning() throws IOException, InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      struck(Process::destroyForcibly);
    }
  }

  @Test
  void toldToEnd() throws IOException, InterruptedException {
    for (int i = 0; i < (ROUNDS + 2) / 3; i++) {
      struck(Process::destroy);
      struck(
          process ->
              new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor());
    }
  }

  @Test
  void twoAtOnceNeverMix() throws IOException, InterruptedException {
    String times = String.valueOf(4 * ROUNDS);
    Process one = start("write", project.toString(), "one", times);
    Process two = start("write", project.toString(), "two", times);
    List<String> said = new ArrayList<>();
    for (Process process : List.of(one, two)) {
      process.inputReader(StandardCharsets.UTF_8).lines().forEach(said::add);
      assertThat(process.waitFor()).as(() -> String.join("\n", said)).isZero();
    }
    assertThat(said).contains("wrote").contains("begins");
    assertThat(said)
        .allMatch(
            line ->
                List.of("begins", "wrote").contains(line)
                    || line.matches(
                        "The output folder is being written by (process (%d|%d)|another build), .*"
                            .formatted(one.pid(), two.pid()))
                    || line.contains("somebody changed it meanwhile: run again"));
    WritingProcess.write(project, WritingProcess.output("two"));
    assertThat(WritingProcess.tree(project.resolve("manifests")))
        .isEqualTo(WritingProcess.output("two"));
    assertThat(project.toFile().list()).containsExactly("manifests");
  }

  /** Each makes a small disk that only its own process sees; what the machine allows differs. */
  private static final List<List<String>> ALONE =
      List.of(
          List.of("unshare", "-m"),
          List.of("unshare", "-Urm"),
          List.of("sudo", "-n", "unshare", "-m"));

  private static final String SMALL_DISK =
      "mount -t tmpfs -o size=8m,nr_inodes=1000 small \"$0\" && exec \"$@\"";

  @Test
  void aSmallDiskGetsFull() throws IOException, InterruptedException {
    List<String> said = new ArrayList<>();
    for (List<String> alone : ALONE) {
      List<String> command = new ArrayList<>(alone);
      command.addAll(List.of("sh", "-c", SMALL_DISK, project.toString()));
      command.addAll(WritingProcess.command("full", project.toString()));
      try {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        process.waitFor();
      } catch (IOException noSuchCommand) {
        said = List.of(String.valueOf(noSuchCommand.getMessage()));
      }
      if (said.contains("begins")) {
        break;
      }
    }
    if (!said.contains("begins") && !Boolean.parseBoolean(System.getenv("CI"))) {
      abort("NOT TESTED: a disk that gets full, since no small one can be mounted here: " + said);
    }
    assertThat(said).hasSize(10).startsWith("begins").endsWith("then true");
    assertThat(said.subList(1, 9))
        .allMatch(
            line ->
                line.matches(
                    "(room|files) \\d+: old true, clean true, told Cannot write the output beside %s: .*No space left on device.*; 181 files with \\d+ bytes are to be written, \\d+ bytes are free there"
                        .formatted(project.resolve("manifests"))));
  }
}
