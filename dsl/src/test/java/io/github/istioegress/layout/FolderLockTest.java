package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

  @TempDir Path folder;

  private Path file = Path.of("");

  @BeforeEach
  void file() {
    file = folder.resolve("lock");
  }

  @Test
  void itNamesItsHolderAndGoesWithIt() throws IOException {
    FolderLock lock = FolderLock.take(file);
    assertThat(Files.readString(file)).startsWith("process " + ProcessHandle.current().pid());
    lock.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatADeadProcessLeftIsTakenOver() throws IOException {
    Files.writeString(file, "process 1 something long that somebody wrote before");
    FolderLock lock = FolderLock.take(file);
    assertThat(Files.readString(file)).doesNotContain("something");
    lock.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theSecondIsTold() {
    FolderLock lock = FolderLock.take(file);
    assertThatThrownBy(() -> FolderLock.take(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("process " + ProcessHandle.current().pid() + ", which holds")
        .hasMessageContaining(file.toString());
    lock.close();
    FolderLock.take(file).close();
  }

  @Test
  void aFolderThatIsNotThereIsTold() {
    assertThatThrownBy(() -> FolderLock.take(folder.resolve("missing/lock")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void neverTwoAtOnce() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    Callable<Boolean> taker =
        () -> {
          boolean alone = true;
          for (int i = 0; i < 50; i++) {
            try {
              FolderLock lock = FolderLock.take(file);
              alone &= inside.incrementAndGet() == 1;
              taken.incrementAndGet();
              inside.decrementAndGet();
              lock.close();
            } catch (UncheckedIOException held) {
              Thread.onSpinWait();
            }
          }
          return alone;
        };
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Boolean>> takers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        takers.add(taker);
      }
      for (Future<Boolean> alone : pool.invokeAll(takers)) {
        assertThat(alone.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(taken).hasPositiveValue();
    assertThat(folder).isEmptyDirectory();
  }
}
