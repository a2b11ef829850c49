package io.github.istioegress.layout;

import java.io.Closeable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The texts of an output, by path. What they take of the memory does not grow with their length:
 * many of them lie in a temporary file.
 */
public final class Texts implements Closeable {

  /** A text that is known by its hash. */
  private record Known(Spool.Piece piece, String hash) {}

  private final TreeMap<String, Known> known = new TreeMap<>();
  private final Spool spool = new Spool();

  /** No text yet. */
  public Texts() {}

  /** These texts. */
  public static Texts of(Map<String, String> byPath) {
    Texts texts = new Texts();
    byPath.forEach(texts::put);
    return texts;
  }

  /**
   * Adds a text.
   *
   * @throws IllegalArgumentException when its path has one already
   * @throws UncheckedIOException when the disk refuses
   */
  public void put(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Known other = known.putIfAbsent(path, new Known(spool.add(bytes), Inventory.hash(bytes)));
    if (other != null) {
      throw new IllegalArgumentException(
          "The output file '%s' would be written twice: rename what it is named after"
              .formatted(path));
    }
  }

  /** All paths, sorted. */
  public Set<String> paths() {
    return Collections.unmodifiableSet(known.keySet());
  }

  /** The text of a path; empty where there is none. */
  public Optional<String> text(String path) {
    return Optional.ofNullable(known.get(path))
        .map(one -> new String(spool.read(one.piece()), StandardCharsets.UTF_8));
  }

  /** The bytes of a path that there is. */
  byte[] bytes(String path) {
    return spool.read(Optional.ofNullable(known.get(path)).orElseThrow().piece());
  }

  /** The hash of a path's bytes. */
  String hash(String path) {
    return Optional.ofNullable(known.get(path)).orElseThrow().hash();
  }

  @Override
  public void close() {
    spool.close();
  }
}
