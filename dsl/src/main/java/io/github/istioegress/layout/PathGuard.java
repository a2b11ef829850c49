package io.github.istioegress.layout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Refuses output paths where replacing a whole folder would hit something else. */
final class PathGuard {

  /** What marks a folder that somebody lives in. */
  private static final List<String> INHABITED = List.of(".git", "pom.xml");

  private PathGuard() {}

  /** Why the folder cannot be the output of the project; nothing where it can. */
  static Optional<String> refusal(Path folder, Path project) {
    if (folder.equals(project)) {
      return Optional.of("is the project itself");
    }
    if (project.startsWith(folder) || folder.getParent() == null) {
      return Optional.of("holds the project");
    }
    for (Path above = folder.getParent();
        above != null && above.startsWith(project) && !above.equals(project);
        above = above.getParent()) {
      if (Files.isSymbolicLink(above)) {
        return Optional.of("lies below the symbolic link " + project.relativize(above));
      }
      if (Disk.isThere(above) && !Disk.isFolder(above)) {
        return Optional.of("lies below %s, which is a file".formatted(project.relativize(above)));
      }
    }
    if (Files.isSymbolicLink(folder)) {
      return Optional.of("is a symbolic link");
    }
    if (Disk.isThere(folder) && !Disk.isFolder(folder)) {
      return Optional.of("is a file and no folder");
    }
    return INHABITED.stream()
        .filter(mark -> Disk.isThere(folder.resolve(mark)))
        .findFirst()
        .map("holds a %s: it is more than an output"::formatted);
  }
}
