package io.github.istioegress.fleet;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F26: what is no file of tenants, or never ends, is refused at once. */
class TenantInputFaultsTest {

  @TempDir Path base;

  private void refused(String path) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> FleetNames.read(base, List.of(path)))
                .withMessageContaining("is no plain file, or larger than"));
  }

  @Test
  void aPipe() throws IOException, InterruptedException {
    Files.createDirectory(base.resolve("tenants"));
    Path pipe = base.resolve("tenants/pipe.yaml");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    refused("tenants/pipe.yaml");
    refused("tenants");
  }

  @Test
  void aDevice() throws IOException {
    Files.createSymbolicLink(base.resolve("tenants.yaml"), Path.of("/dev/zero"));
    refused("tenants.yaml");
  }

  @Test
  void moreThanAnybodyHas() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(base.resolve("tenants.yaml").toFile(), "rw")) {
      file.setLength(1L << 36);
    }
    refused("tenants.yaml");
  }

  @Test
  void aFileThatGrowsWhileItIsRead() {
    // The kernel says of it that it has no byte, and it has some.
    TenantFiles.read(Path.of("/proc/self"), "status");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TenantFiles.bounded(endless(), "t.yaml"))
        .withMessageContaining("t.yaml is no plain file, or larger than");
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return ' ';
      }

      @Override
      public int read(byte[] into, int from, int length) {
        return length;
      }
    };
  }
}
