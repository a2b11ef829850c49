package io.github.istioegress.layout;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;

/**
 * Bytes that are written once and read later: a little in memory, the rest in a file that is gone
 * with the process, however it ends.
 */
final class Spool implements Closeable {

  private static final int IN_MEMORY = 1 << 20;

  private final byte[] tail = new byte[IN_MEMORY];
  private int inTail;
  private long onDisk;
  private @org.jspecify.annotations.Nullable FileChannel file;

  /** Where bytes lie. */
  record Piece(long at, int length) {}

  /**
   * Adds bytes.
   *
   * @throws UncheckedIOException when the disk refuses
   */
  Piece add(byte[] bytes) {
    Piece piece = new Piece(onDisk + inTail, bytes.length);
    try {
      if (bytes.length > tail.length - inTail) {
        flush(ByteBuffer.wrap(tail, 0, inTail));
        inTail = 0;
      }
      if (bytes.length > tail.length) {
        flush(ByteBuffer.wrap(bytes));
      } else {
        System.arraycopy(bytes, 0, tail, inTail, bytes.length);
        inTail += bytes.length;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a temporary file: " + e.getMessage(), e);
    }
    return piece;
  }

  private void flush(ByteBuffer bytes) throws IOException {
    FileChannel channel = file;
    if (channel == null) {
      Path path = Files.createTempFile("istio-egress", ".spool");
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = channel;
    }
    while (bytes.hasRemaining()) {
      onDisk += channel.write(bytes, onDisk);
    }
  }

  /**
   * Reads bytes again.
   *
   * @throws UncheckedIOException when the disk refuses
   */
  byte[] read(Piece piece) {
    byte[] bytes = new byte[piece.length()];
    read(piece, bytes, 0);
    return bytes;
  }

  /**
   * Reads several again, with others between them: in one array, for they may be the largest thing
   * that a run holds.
   *
   * @throws UncheckedIOException when the disk refuses
   */
  byte[] read(Collection<Piece> pieces, byte[] between) {
    int length = between.length * Math.max(0, pieces.size() - 1);
    for (Piece piece : pieces) {
      length = Math.addExact(length, piece.length());
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Piece piece : pieces) {
      if (at > 0) {
        System.arraycopy(between, 0, all, at, between.length);
        at += between.length;
      }
      read(piece, all, at);
      at += piece.length();
    }
    return all;
  }

  private void read(Piece piece, byte[] all, int at) {
    if (piece.at() >= onDisk) {
      System.arraycopy(tail, Math.toIntExact(piece.at() - onDisk), all, at, piece.length());
      return;
    }
    FileChannel channel = file;
    if (channel == null) {
      throw new IllegalStateException("nothing was written at " + piece);
    }
    ByteBuffer into = ByteBuffer.wrap(all, at, piece.length());
    try {
      while (into.hasRemaining()) {
        if (channel.read(into, piece.at() + into.position() - at) < 0) {
          throw new IOException("it was cut short");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a temporary file: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    FileChannel channel = file;
    file = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot close a temporary file: " + e.getMessage(), e);
      }
    }
  }
}
