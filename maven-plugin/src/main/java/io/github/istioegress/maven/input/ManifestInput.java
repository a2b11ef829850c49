package io.github.istioegress.maven.input;

import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.maven.project.RefusedException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the files a goal judges.
 *
 * @param base the folder from which relative paths are seen
 * @param isLenient true where bytes that are no UTF-8 are for the reader of manifests to tell of
 */
public record ManifestInput(Path base, boolean isLenient) {

  private static final List<String> SUFFIXES = List.of(".yaml", ".yml", ".json");

  /** Files beside the manifests of a set that are no manifests: its question and the answers. */
  private static final Set<String> OTHERS = Set.of("calls.yaml", "flows.json", "findings.json");

  /** Reads files that must be text. */
  public ManifestInput(Path base) {
    this(base, false);
  }

  /** The same, which hands on bytes that are no text in a form of which a finding tells. */
  public ManifestInput lenient() {
    return new ManifestInput(base, true);
  }

  /**
   * All files that a comma-separated list of files and folders names, each once, folders in order
   * of their paths.
   *
   * @throws RefusedException when one does not exist, is no regular file, or is not UTF-8
   */
  public List<SourceFile> list(String paths) {
    return Arrays.stream(paths.split(",", -1))
        .map(String::strip)
        .filter(path -> !path.isEmpty())
        .map(base::resolve)
        .map(Path::normalize)
        .peek(this::orRefuseMissing)
        .flatMap(path -> Files.isDirectory(path) ? below(path) : Stream.of(path))
        .distinct()
        .map(this::read)
        .toList();
  }

  /** The manifests of each definition of an output folder: those of one sub-folder each. */
  public List<ManifestSet> definitions(Path folder) {
    Map<String, List<SourceFile>> byName = new TreeMap<>();
    below(folder)
        .forEach(
            file -> {
              Path inside = folder.relativize(file);
              String name = inside.getNameCount() > 1 ? inside.getName(0).toString() : "";
              byName.computeIfAbsent(name, n -> new ArrayList<>()).add(read(file));
            });
    return byName.entrySet().stream()
        .map(entry -> ManifestSet.generated(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }

  /** All manifests of a set: those below the base, without its calls and answers. */
  public List<SourceFile> set() {
    return below(base)
        .filter(file -> !(base.equals(file.getParent()) && isOther(file)))
        .map(this::read)
        .toList();
  }

  private void orRefuseMissing(Path path) {
    if (!Files.exists(path)) {
      throw new RefusedException(name(path) + " does not exist, seen from " + base);
    }
  }

  private String name(Path file) {
    Path shown = file.startsWith(base) ? base.relativize(file) : file;
    return shown.toString().replace(File.separatorChar, '/');
  }

  private static boolean isOther(Path file) {
    return OTHERS.contains(String.valueOf(file.getFileName()));
  }

  private static Stream<Path> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> SUFFIXES.stream().anyMatch(file.toString()::endsWith))
          .filter(Files::isRegularFile)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads one file, named as seen from the base.
   *
   * @throws RefusedException when it does not exist, is no regular file, or is not UTF-8
   */
  public SourceFile read(Path path) {
    Path file = base.resolve(path);
    String name = name(file);
    if (!Files.exists(file)) {
      throw new RefusedException(name + " does not exist");
    }
    if (!Files.isRegularFile(file)) {
      throw new RefusedException(name + " is not a regular file: copy what it yields into one");
    }
    try {
      return new SourceFile(
          name,
          isLenient
              ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
              : Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new RefusedException(name + " is not UTF-8 text: save it as UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }
}
