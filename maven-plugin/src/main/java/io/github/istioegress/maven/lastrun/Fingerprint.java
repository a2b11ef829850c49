package io.github.istioegress.maven.lastrun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/**
 * Many texts and files as one hash. Files count by what is in them, never by their times, which a
 * clock or a checkout may set as it likes.
 */
final class Fingerprint {

  private static final int BUFFER = 1 << 16;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Adds a text. */
  Fingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  /** Adds all entries of a map, whatever its order. */
  Fingerprint add(Map<String, String> entries) {
    new TreeMap<>(entries).forEach((key, value) -> add(key).add(value));
    return add("");
  }

  /**
   * Adds a file, or all below a folder; that there is nothing is told from an empty file.
   *
   * @param leftOut files and folders that do not count
   * @throws UncheckedIOException when something cannot be read
   */
  Fingerprint tree(Path root, Predicate<Path> leftOut) {
    SortedMap<String, String> found = new TreeMap<>();
    try {
      if (Files.exists(root)) {
        Files.walkFileTree(root, new Visitor(root, leftOut, found));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + root, e);
    }
    return add(root.toString()).add(found);
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Predicate<Path> leftOut;
    private final Map<String, String> found;

    Visitor(Path root, Predicate<Path> leftOut, Map<String, String> found) {
      this.root = root;
      this.leftOut = leftOut;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return leftOut.test(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!leftOut.test(file)) {
        String link = attributes.isSymbolicLink() ? Files.readSymbolicLink(file) + " " : "";
        // A link counts by where it leads and by what is there.
        found.put(
            root.relativize(file).toString(),
            link + (Files.isRegularFile(file) ? contents(file) : "no file"));
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /** Enough to see that a file changed; nobody is kept out by it. */
  private String contents(Path file) throws IOException {
    CRC32 sum = new CRC32();
    long length = 0;
    try (FileChannel channel = FileChannel.open(file)) {
      for (int read = channel.read(buffer.clear());
          read >= 0;
          read = channel.read(buffer.clear())) {
        length += read;
        sum.update(buffer.flip());
      }
    }
    return length + " " + Long.toHexString(sum.getValue());
  }

  /** The hash of all that was added. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
