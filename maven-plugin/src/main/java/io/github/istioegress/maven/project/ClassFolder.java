package io.github.istioegress.maven.project;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder into which a module was compiled. */
public final class ClassFolder {

  private static final String SUFFIX = ".class";

  private ClassFolder() {}

  /**
   * The binary names of all classes below a folder, sorted; none where there is no such folder.
   *
   * @param folder usually {@code target/classes}
   */
  public static List<String> classNames(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(ClassFolder::isClass)
          .map(ClassFolder::binaryName)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the classes in " + folder, e);
    }
  }

  /** A name with a dash is no class of the language: {@code package-info}, {@code META-INF}. */
  private static boolean isClass(String path) {
    return path.endsWith(SUFFIX) && path.indexOf('-') < 0;
  }

  private static String binaryName(String path) {
    return path.substring(0, path.length() - SUFFIX.length()).replace(File.separatorChar, '.');
  }
}
