package io.github.istioegress.maven.project;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.project.MavenProject;

/**
 * What the goals need to know of a Maven module.
 *
 * @param folder its base folder
 * @param build its build folder
 * @param classes the folder it is compiled into
 * @param sources the folders of its Java sources
 * @param classPath the class folder, then the compile and runtime dependencies
 */
public record MavenModule(
    Path folder, Path build, Path classes, List<Path> sources, List<Path> classPath) {

  /** Reads a Maven project whose dependencies are resolved. */
  public static MavenModule of(MavenProject project) {
    try {
      return new MavenModule(
          project.getBasedir().toPath(),
          Path.of(project.getBuild().getDirectory()),
          Path.of(project.getBuild().getOutputDirectory()),
          project.getCompileSourceRoots().stream().map(Path::of).toList(),
          Stream.concat(
                  project.getCompileClasspathElements().stream(),
                  project.getRuntimeClasspathElements().stream())
              .distinct()
              .map(Path::of)
              .toList());
    } catch (DependencyResolutionRequiredException e) {
      throw new IllegalStateException("Maven did not resolve the module's dependencies", e);
    }
  }

  /** The binary names of the module's classes. */
  public List<String> classNames() {
    return ClassFolder.classNames(classes);
  }

  /**
   * Stops where there are sources and no classes, rather than find no definition.
   *
   * @throws RefusedException when the module is not compiled
   */
  public void orRefuseUncompiled() {
    if (!Files.isDirectory(classes) && sources.stream().anyMatch(Files::isDirectory)) {
      throw new RefusedException(
          "%s is missing, the module is not compiled: put compile before the goal, mvn compile istio-egress:check"
              .formatted(relative(classes)));
    }
  }

  /**
   * True where what the module no longer says may be removed from a folder: it lies inside the
   * module, and the module is not only a parent of others.
   */
  public boolean owns(Path output) {
    return output.startsWith(folder) && Files.isDirectory(classes) && Files.isDirectory(output);
  }

  /** A path as people read it: seen from the module where it lies inside, with forward slashes. */
  public String relative(Path path) {
    Path shown = path.startsWith(folder) ? folder.relativize(path) : path;
    return shown.toString().replace(File.separatorChar, '/');
  }
}
