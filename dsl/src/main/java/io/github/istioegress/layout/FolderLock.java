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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two builds from writing one folder at once. The system lets go of it when its process dies,
 * so that no dead build holds up a living one.
 */
final class FolderLock implements AutoCloseable {

  private static final int TRIES = 100;

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws UncheckedIOException when another build holds it, or the file cannot be made
   */
  static FolderLock take(Path file) {
    try {
      for (int i = 0; i < TRIES; i++) {
        FolderLock taken = tryOnce(file);
        if (taken != null) {
          return taken;
        }
      }
    } catch (IOException e) {
      throw Disk.failure("Cannot lock the output folder with", file, e);
    }
    throw held(file, "");
  }

  /**
   * A file that its holder deleted can still be locked. Who has the lock therefore writes a word of
   * its own and looks whether it can be read by the path.
   */
  private static @Nullable FolderLock tryOnce(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
    boolean mine = false;
    try {
      if (lock(channel) == null) {
        throw held(file, Files.readString(file));
      }
      String word = "process %d %s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
      channel.truncate(0).write(ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8)));
      mine = Files.readString(file).equals(word);
    } catch (NoSuchFileException deletedMeanwhile) {
      mine = false;
    } finally {
      if (!mine) {
        channel.close();
      }
    }
    return mine ? new FolderLock(file, channel) : null;
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  private static UncheckedIOException held(Path file, String holder) {
    String who = holder.startsWith("process ") ? holder.replaceAll(" \\S+$", "") : "another build";
    return new UncheckedIOException(
        new IOException(
            "The output folder is being written by %s, which holds %s: wait for it, or give each module an output folder of its own"
                .formatted(who, file)));
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Disk.failure("Cannot unlock the output folder with", file, e);
    }
  }
}
