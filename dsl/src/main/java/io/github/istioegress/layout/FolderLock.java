package io.github.istioegress.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two builds from writing one folder at once. The system lets go of it when its process dies,
 * so that no dead build holds up a living one.
 *
 * <p>A system's lock is a process's, and is gone when the process closes the file anywhere. Who is
 * in this process is therefore known without opening it, and whoever has it opens it only to keep
 * it open.
 */
final class FolderLock implements AutoCloseable {

  private static final int TRIES = 100;

  private static final int LONGEST_WORD = 256;

  private static final Pattern HOLDER = Pattern.compile("^process \\d+");

  private static final Set<OpenOption> TO_LOCK =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private static final Set<OpenOption> TO_LOOK =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  /** Far behind the word, which others have to read. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /** The locks of this process, which no object of it could know otherwise. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final List<FileChannel> open;

  private FolderLock(Path file, List<FileChannel> open) {
    this.file = file;
    this.open = open;
  }

  /**
   * Takes the lock.
   *
   * @throws UncheckedIOException when another build holds it, or the file cannot be made
   */
  static FolderLock take(Path file) {
    if (!HELD.add(file)) {
      throw held(file, own());
    }
    FolderLock taken = null;
    try {
      for (int i = 0; i < TRIES && taken == null; i++) {
        taken = tryOnce(file);
      }
    } catch (IOException e) {
      throw Disk.failure("Cannot lock the output folder with", file, e);
    } finally {
      if (taken == null) {
        HELD.remove(file);
      }
    }
    if (taken == null) {
      throw held(file, "");
    }
    return taken;
  }

  /**
   * A file that its holder deleted can still be locked. Who has the lock therefore writes a word of
   * its own and looks whether it can be read by the path.
   */
  private static @Nullable FolderLock tryOnce(Path file) throws IOException {
    List<FileChannel> open = new ArrayList<>(List.of(FileChannel.open(file, TO_LOCK)));
    boolean mine = false;
    try {
      FileChannel first = open.get(0);
      if (lock(first) == null) {
        throw held(file, text(first));
      }
      String word = "%s %s".formatted(own(), UUID.randomUUID());
      mark(file, first, word);
      FileChannel byPath = FileChannel.open(file, TO_LOOK);
      open.add(byPath);
      mine = text(byPath).equals(word);
    } catch (NoSuchFileException deletedMeanwhile) {
      mine = false;
    } finally {
      if (!mine) {
        closeAll(open);
      }
    }
    return mine ? new FolderLock(file, open) : null;
  }

  private static void mark(Path file, FileChannel locked, String word) throws IOException {
    try {
      locked.truncate(0).write(ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException noRoomForAWord) {
      Files.deleteIfExists(file);
      throw noRoomForAWord;
    }
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_WORD);
    int length = Math.max(0, channel.position(0).read(bytes));
    return new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException heldBehindAnotherClassLoader) {
      return null;
    }
  }

  private static String own() {
    return "process " + ProcessHandle.current().pid();
  }

  private static UncheckedIOException held(Path file, String holder) {
    Matcher process = HOLDER.matcher(holder);
    String who = process.find() ? process.group() : "another build";
    String told =
        "The output folder is being written by %s, which holds %s: wait for it, or give each module an output folder of its own"
            .formatted(who, file);
    return new UncheckedIOException(told, new IOException(told));
  }

  private static void closeAll(List<FileChannel> open) throws IOException {
    for (FileChannel channel : open) {
      channel.close();
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Disk.failure("Cannot unlock the output folder with", file, e);
    } finally {
      release();
    }
  }

  private void release() {
    try {
      closeAll(open);
    } catch (IOException e) {
      throw Disk.failure("Cannot unlock the output folder with", file, e);
    } finally {
      HELD.remove(file);
    }
  }
}
