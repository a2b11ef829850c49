package io.github.istioegress.layout;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What stands in the output folder.
 *
 * @param files the paths of all files
 * @param folders the paths of all folders inside
 * @param odd the paths of what is neither: links and devices, and what it is
 */
record FolderState(Set<String> files, Set<String> folders, Map<String, String> odd) {

  /**
   * Looks.
   *
   * @throws java.io.UncheckedIOException when the folder cannot be read
   */
  static FolderState of(Path folder) {
    FolderState state = new FolderState(new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
    if (Disk.isFolder(folder)) {
      try {
        Files.walkFileTree(folder, state.new Visitor(folder));
      } catch (IOException e) {
        throw Disk.failure("Cannot read the output folder", folder, e);
      }
    }
    return state;
  }

  /** The folders without anything inside; nobody generated those. */
  Set<String> emptyFolders() {
    Set<String> filled = new HashSet<>();
    for (Set<String> paths : java.util.List.of(files, folders)) {
      for (String path : paths) {
        int slash = path.lastIndexOf('/');
        if (slash >= 0) {
          filled.add(path.substring(0, slash));
        }
      }
    }
    return folders.stream()
        .filter(path -> !filled.contains(path))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;

    Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!folder.equals(root)) {
        folders.add(relative(folder));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.add(relative(file));
      } else {
        odd.put(
            relative(file),
            attributes.isSymbolicLink() ? "is a symbolic link" : "is no plain file");
      }
      return FileVisitResult.CONTINUE;
    }

    private String relative(Path path) {
      return root.relativize(path).toString().replace('\\', '/');
    }
  }
}
