package io.github.istioegress.layout;

import io.github.istioegress.finding.InputCode;
import io.github.istioegress.finding.Location;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The folder that holds what is generated, and the only place of the project that writes. It knows
 * by an inventory which files are its own; all others stay as they are.
 */
public final class OutputFolder {

  private static final int LOOKS = 5;

  private final Path folder;
  private final Path project;
  private final String shown;
  private final FolderSwap swap;

  private OutputFolder(Path folder, Path project, FolderSwap swap) {
    this.folder = folder;
    this.project = project;
    this.shown =
        folder.startsWith(project) && !folder.equals(project)
            ? project.relativize(folder).toString().replace('\\', '/')
            : folder.toString();
    this.swap = swap;
  }

  /**
   * The output folder of a project. Nothing is read or written yet.
   *
   * @param folder where the files go; relative to the project where it is relative
   * @param project the project's folder
   * @throws IllegalArgumentException when the folder is the root of a file system
   */
  public static OutputFolder at(Path folder, Path project) {
    Path base = project.toAbsolutePath().normalize();
    Path whole = base.resolve(folder).normalize();
    if (whole.getFileName() == null) {
      throw new IllegalArgumentException(
          "The output folder %s is the root of a file system: choose a folder in the project"
              .formatted(whole));
    }
    return new OutputFolder(whole, base, new FolderSwap(whole));
  }

  /**
   * Compares what stands in the folder with what is wanted. Writes nothing, except that a run which
   * broke off before is undone first.
   *
   * @param wanted path below the folder, with {@code /}, to text
   * @return what would change, and what stands against it as findings
   * @throws UncheckedIOException when the folder cannot be read, or another process writes it now
   */
  public OutputPlan plan(Map<String, String> wanted) {
    return plan(Texts.of(wanted), path -> true);
  }

  /**
   * The same for a part of what is generated there: files outside of the part stay as they are, and
   * stay known as generated.
   *
   * @param wanted the texts; they are read again when they are written
   * @param part whether a path is of the part; all wanted ones are
   */
  public OutputPlan plan(Texts wanted, Predicate<String> part) {
    return new OutputPlan(this, wanted, part, settled(wanted, part));
  }

  /** What is seen while another build writes is no fault of anybody: looked at again, or told. */
  private FolderComparison settled(Texts wanted, Predicate<String> part) {
    for (int i = 0; i < LOOKS; i++) {
      if (PathGuard.refusal(folder, project).isEmpty() && swap.hasLeftovers()) {
        swap.locked(() -> {});
      }
      try {
        FolderComparison seen = compare(wanted, part);
        if (seen.findings.isEmpty() || compare(wanted, part).isSameAs(seen)) {
          return seen;
        }
      } catch (UncheckedIOException unreadable) {
        if (!swap.hasLeftovers()) {
          throw unreadable;
        }
      }
    }
    return compare(wanted, part);
  }

  /** Compares without clearing up first. */
  FolderComparison compare(Texts wanted, Predicate<String> part) {
    return PathGuard.refusal(folder, project)
        .map(why -> InputCode.OUTPUT_PATH.at(Location.file(shown), shown, why))
        .map(FolderComparison::refused)
        .orElseGet(() -> new FolderComparison(folder, shown, wanted, part));
  }

  /** Where it is. */
  Path path() {
    return folder;
  }

  /** What replaces it. */
  FolderSwap swap() {
    return swap;
  }
}
