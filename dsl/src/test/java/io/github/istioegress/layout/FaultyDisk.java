package io.github.istioegress.layout;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own disk, with somebody who is asked before every change to it and may refuse. What
 * refuses a write has written half of it. Waiting for the disk is asked for and not done.
 */
final class FaultyDisk extends FileSystemProvider {

  /** Asked before a change. */
  interface Gate {
    /**
     * Lets it pass, or throws.
     *
     * @param what {@code write}, {@code move} and so on
     */
    void pass(String what, Path path) throws IOException;
  }

  /** The process is gone: nobody catches it, and whatever is done afterwards does not happen. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("killed");
    }
  }

  final List<String> changes = new ArrayList<>();
  private final FileSystemProvider real = Path.of("").getFileSystem().provider();
  private final Seen system = new Seen();
  private final Gate gate;
  private boolean dead;

  FaultyDisk(Gate gate) {
    this.gate = gate;
  }

  /** A path of the machine as seen through this disk. */
  Path at(Path path) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          if (method.getName().equals("getFileSystem")) {
            return system;
          }
          Object[] plain =
              args == null ? null : Arrays.stream(args).map(FaultyDisk::plain).toArray();
          try {
            return seen(method.invoke(path, plain));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Path)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Path.class, Behind.class},
            handler(path, handler));
  }

  /** Knows the path behind. */
  interface Behind {
    Path behind();
  }

  private static InvocationHandler handler(Path path, InvocationHandler others) {
    return (proxy, method, args) ->
        method.getName().equals("behind") ? path : others.invoke(proxy, method, args);
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Behind seen ? seen.behind() : value;
  }

  private static Path plain(Path path) {
    return path instanceof Behind seen ? seen.behind() : path;
  }

  private @Nullable Object seen(@Nullable Object value) {
    if (value instanceof Iterator<?> all) {
      List<Object> list = new ArrayList<>();
      all.forEachRemaining(one -> list.add(at((Path) one)));
      return list.iterator();
    }
    return value instanceof Path path ? at(path) : value;
  }

  private void change(String what, Path path) throws IOException {
    alive();
    changes.add(what + " " + plain(path));
    try {
      gate.pass(what, plain(path));
    } catch (Crash e) {
      dead = true;
      throw e;
    }
  }

  private void alive() {
    if (dead) {
      throw new Crash();
    }
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    alive();
    if (options.contains(StandardOpenOption.CREATE)
        || options.contains(StandardOpenOption.CREATE_NEW)) {
      change("open", path);
    }
    return new FaultyChannel(
        real.newFileChannel(plain(path), options, attributes), what -> change(what, path));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (options.contains(StandardOpenOption.WRITE)) {
      return newFileChannel(path, options, attributes);
    }
    alive();
    return real.newByteChannel(plain(path), options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    alive();
    DirectoryStream<Path> all =
        real.newDirectoryStream(plain(folder), path -> filter.accept(at(path)));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        List<Path> paths = new ArrayList<>();
        all.forEach(path -> paths.add(at(path)));
        return paths.iterator();
      }

      @Override
      public void close() throws IOException {
        all.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    change("folder", folder);
    real.createDirectory(plain(folder), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    change("link", link);
    real.createLink(plain(link), plain(existing));
  }

  @Override
  public void delete(Path path) throws IOException {
    change("delete", path);
    real.delete(plain(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    change("copy", target);
    real.copy(plain(source), plain(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    change("move", source);
    real.move(plain(source), plain(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return real.isSameFile(plain(path), plain(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(plain(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(plain(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    alive();
    if (List.of(modes).contains(AccessMode.WRITE)) {
      gate.pass("may write", plain(path));
    }
    real.checkAccess(plain(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    if (type == PosixFileAttributeView.class
        && !List.of(options).contains(LinkOption.NOFOLLOW_LINKS)) {
      try {
        change("rights", path);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return real.getFileAttributeView(plain(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    alive();
    return real.readAttributes(plain(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    alive();
    return real.readAttributes(plain(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    change("attribute", path);
    real.setAttribute(plain(path), name, value, options);
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    return system;
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    return at(Path.of(uri.getPath()));
  }

  private final class Seen extends FileSystem {
    private final FileSystem disk = Path.of("").getFileSystem();

    @Override
    public FileSystemProvider provider() {
      return FaultyDisk.this;
    }

    @Override
    public void close() {
      // The machine's own is never closed.
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return disk.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return List.of();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return disk.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return disk.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return at(disk.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      return path -> disk.getPathMatcher(pattern).matches(plain(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return disk.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return disk.newWatchService();
    }
  }
}
