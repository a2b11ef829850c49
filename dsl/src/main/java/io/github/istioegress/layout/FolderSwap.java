package io.github.istioegress.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Replaces a folder as a whole: the new one is built beside it, then two renames bring it in. A
 * reader never sees a mixture: it sees the old folder, for the instant between the renames none
 * (Java has no exchange of two folders), then the new one. After a crash the next run puts things
 * right.
 *
 * <p>Beside the folder there may be {@code -new}, which is unfinished; {@code -old}, the folder
 * between the two renames; {@code -gone}, which is rubbish; and the lock.
 */
final class FolderSwap {

  private final Path folder;
  private final Path parent;
  private final Path fresh;
  private final Path old;
  private final Path gone;
  private final Path lock;

  FolderSwap(Path folder) {
    this.folder = folder;
    this.parent = Objects.requireNonNull(folder.getParent(), "parent");
    this.fresh = sibling("new");
    this.old = sibling("old");
    this.gone = sibling("gone");
    this.lock = sibling("lock");
  }

  private Path sibling(String what) {
    return folder.resolveSibling(".%s.istio-egress-%s".formatted(folder.getFileName(), what));
  }

  /** True where a run before this one did not come to its end, or another is at work. */
  boolean hasLeftovers() {
    return List.of(fresh, old, gone, lock).stream().anyMatch(Disk::isThere);
  }

  /**
   * Runs with the lock held and all leftovers cleared.
   *
   * @throws UncheckedIOException when another process holds the lock
   */
  void locked(Runnable work) {
    try {
      Files.createDirectories(parent);
    } catch (IOException e) {
      throw Disk.failure("Cannot make the folder around", folder, e);
    }
    FolderLock held = FolderLock.take(lock);
    try {
      recover();
      work.run();
    } finally {
      held.close();
    }
  }

  private void recover() {
    try {
      if (Disk.isThere(old) && !Disk.isThere(folder)) {
        move(old, folder);
      } else if (Disk.isThere(old)) {
        if (!Disk.isThere(folder.resolve(Inventory.FILE))) {
          throw new FileSystemException(
              old.toString(),
              null,
              "holds the output before a crash: move it or %s away".formatted(folder));
        }
        discardOld();
      }
      Disk.delete(gone);
      Disk.delete(fresh);
    } catch (IOException e) {
      throw Disk.failure("Cannot clear up after a broken run at", folder, e);
    }
  }

  /**
   * Builds the new folder and brings it in.
   *
   * @param kept the files that are carried over as they are, times included
   * @param emptyFolders folders to keep although there is nothing in them
   * @param written the files to write
   * @param bytes what is written into them
   * @throws UncheckedIOException when the disk refuses; the old folder then stands as before
   */
  void replace(
      Collection<String> kept,
      Collection<String> emptyFolders,
      Collection<String> written,
      Function<String, byte[]> bytes) {
    try {
      build(kept, emptyFolders, written, bytes);
    } catch (IOException e) {
      restore();
      throw Disk.failure("Cannot write the output beside", folder, e, need(written, bytes));
    }
    try {
      swap();
    } catch (IOException e) {
      restore();
      throw Disk.failure("Cannot replace the output folder", folder, e);
    }
  }

  /** What a full disk makes people ask. */
  private String need(Collection<String> written, Function<String, byte[]> bytes) {
    long size = written.stream().mapToLong(path -> bytes.apply(path).length).sum();
    return "%s files with %s bytes are to be written, %s"
        .formatted(written.size(), size, Disk.free(parent));
  }

  private void swap() throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new FileSystemException(folder.toString(), null, "became a symbolic link");
    }
    if (Disk.isThere(folder)) {
      move(folder, old);
    }
    move(fresh, folder);
    if (Disk.isThere(old)) {
      discardOld();
    }
  }

  private void build(
      Collection<String> kept,
      Collection<String> emptyFolders,
      Collection<String> written,
      Function<String, byte[]> bytes)
      throws IOException {
    Set<String> folders = new TreeSet<>(emptyFolders);
    kept.forEach(path -> addFolders(path, folders));
    written.forEach(path -> addFolders(path, folders));
    Files.createDirectory(fresh);
    List<Path> made = new ArrayList<>(List.of(fresh));
    for (String path : folders) {
      made.add(Files.createDirectories(fresh.resolve(path)));
    }
    for (String path : kept) {
      carry(folder.resolve(path), fresh.resolve(path));
    }
    for (String path : written) {
      Disk.write(fresh.resolve(path), bytes.apply(path));
    }
    for (Path path : made) {
      Path before = folder.resolve(fresh.relativize(path).toString());
      if (Disk.isFolder(before)) {
        Disk.copyRights(before, path);
      }
      Disk.sync(path);
    }
  }

  private static void addFolders(String path, Set<String> folders) {
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      folders.add(path.substring(0, i));
    }
  }

  /** A second name for the same file costs nothing; where that is not possible, a copy. */
  private static void carry(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(
          from, to, StandardCopyOption.COPY_ATTRIBUTES, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Puts the old folder back as far as the disk lets us; the next run does the rest. */
  private void restore() {
    try {
      if (Disk.isThere(old) && !Disk.isThere(folder)) {
        move(old, folder);
      }
      Disk.delete(fresh);
    } catch (IOException e) {
      return; // What matters to people is why writing failed.
    }
  }

  private void discardOld() throws IOException {
    Disk.delete(gone);
    move(old, gone);
    Disk.delete(gone);
  }

  private void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Disk.sync(parent);
  }
}
