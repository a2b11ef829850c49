package io.github.istioegress.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What we ask of the disk; no link is ever followed. */
final class Disk {

  private Disk() {}

  /** The failure of the world, with the path that people have to look at. */
  static UncheckedIOException failure(String what, Path path, IOException cause) {
    return new UncheckedIOException("%s %s: %s".formatted(what, path, reason(cause)), cause);
  }

  /** The same with what else people have to know. */
  static UncheckedIOException failure(String what, Path path, IOException cause, String more) {
    return new UncheckedIOException(
        "%s %s: %s; %s".formatted(what, path, reason(cause), more), cause);
  }

  /** How much room there is, in words. */
  static String free(Path folder) {
    try {
      return "%s bytes are free there".formatted(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return "nobody can tell how much is free there";
    }
  }

  private static String reason(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    return "%s (%s)".formatted(message, cause.getClass().getSimpleName());
  }

  /** True where something stands there, a dangling link included. */
  static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** True where a folder stands there that is no link. */
  static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The bytes of a file. */
  static byte[] read(Path file) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  /** Writes a new file and waits until the disk has it. */
  static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Waits until the disk has the entries of a folder, on systems that can. */
  static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; there the file system orders its own renames.
      return;
    }
  }

  /** Gives a folder the rights of another. */
  static void copyRights(Path from, Path to) throws IOException {
    PosixFileAttributeView source =
        Files.getFileAttributeView(from, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (source != null) {
      Files.setPosixFilePermissions(to, source.readAttributes().permissions());
    }
  }

  /** Deletes a folder with all in it, or a file, or a link but not what it leads to. */
  static void delete(Path path) throws IOException {
    if (!isThere(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
