package io.github.istioegress.layout;

import io.github.istioegress.finding.Finding;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What writing would do to the output folder, file by file; each list is sorted. */
public final class OutputPlan {

  private static final int DIFF_FILES = 50;

  private static final int DIFF_LINES = 200;

  private final OutputFolder folder;
  private final Texts wanted;
  private final Predicate<String> part;
  private final FolderComparison compared;

  OutputPlan(OutputFolder folder, Texts wanted, Predicate<String> part, FolderComparison compared) {
    this.folder = folder;
    this.wanted = wanted;
    this.part = part;
    this.compared = compared;
  }

  /** Files that are not there yet, or that somebody deleted. */
  public List<String> created() {
    return List.copyOf(compared.created);
  }

  /** Files that are as they were generated, and are to be different now. */
  public List<String> changed() {
    return List.copyOf(compared.changed);
  }

  /** Files that are as they are wanted. */
  public List<String> unchanged() {
    return List.copyOf(compared.unchanged);
  }

  /** Files that were generated and are wanted no longer. */
  public List<String> stale() {
    return List.copyOf(compared.stale);
  }

  /** Files that were generated and that somebody changed. */
  public List<String> edited() {
    return List.copyOf(compared.edited);
  }

  /** Files that were not generated; they stay. */
  public List<String> foreign() {
    return List.copyOf(compared.foreign);
  }

  /** What stands against writing: each is an error. */
  public List<Finding> findings() {
    return List.copyOf(compared.findings);
  }

  /** True where writing would change nothing. */
  public boolean isUpToDate() {
    boolean settled =
        Stream.of(compared.findings, compared.created, compared.changed, compared.stale)
            .allMatch(List::isEmpty);
    return settled && (isNothing() || compared.inventoryText.equals(compared.target.text()));
  }

  /** A folder nobody needs is not made. */
  private boolean isNothing() {
    return wanted.paths().isEmpty() && !compared.state.files().contains(Inventory.FILE);
  }

  /** What writing would change as a unified difference, the longest cut; empty for nothing. */
  public String diff() {
    List<String> paths =
        Stream.of(compared.created, compared.changed, compared.stale, compared.edited)
            .flatMap(List::stream)
            .sorted()
            .toList();
    StringBuilder diff = new StringBuilder();
    for (String path : paths.subList(0, Math.min(paths.size(), DIFF_FILES))) {
      String before = compared.there(path);
      diff.append(TextDiff.of(path, before, wanted.text(path).orElse(""), DIFF_LINES));
    }
    int more = paths.size() - DIFF_FILES;
    return more > 0 ? diff.append("(%s more files)\n".formatted(more)).toString() : diff.toString();
  }

  /**
   * Writes: all of it, or nothing where it fails.
   *
   * @throws IllegalStateException when {@link #findings} has errors
   * @throws UncheckedIOException when the disk refuses, another process writes the folder now, or
   *     somebody changed it since it was planned
   */
  public WriteResult write() {
    compared.findings.stream()
        .filter(Finding::isError)
        .findFirst()
        .ifPresent(
            finding -> {
              throw new IllegalStateException("Nothing was written: " + finding);
            });
    if (!isUpToDate()) {
      refuseUnwritable();
      folder.swap().locked(this::replace);
    }
    List<String> written =
        Stream.of(compared.created, compared.changed).flatMap(List::stream).sorted().toList();
    return new WriteResult(written, compared.stale, compared.unchanged.size());
  }

  /** Said before the first write; a half-made folder would not tell people more. */
  private void refuseUnwritable() {
    List<Path> needed = new ArrayList<>(List.of(folder.path()));
    Stream.of(compared.state.folders(), compared.changed, compared.stale)
        .flatMap(java.util.Collection::stream)
        .map(folder.path()::resolve)
        .forEach(needed::add);
    Path above = folder.path().getParent();
    while (above != null && !Disk.isThere(above)) {
      above = above.getParent();
    }
    if (above != null) {
      needed.add(above);
    }
    for (Path path : needed) {
      if (Disk.isThere(path) && !Files.isWritable(path)) {
        throw Disk.failure(
            "Cannot write the output", path, new AccessDeniedException(path.toString()));
      }
    }
  }

  private void replace() {
    FolderComparison now = folder.compare(wanted, part);
    if (!now.isSameAs(compared)) {
      throw Disk.failure(
          "Cannot write the output",
          folder.path(),
          new java.io.IOException("somebody changed it meanwhile: run again"));
    }
    TreeSet<String> kept = new TreeSet<>(compared.unchanged);
    kept.addAll(compared.foreign);
    kept.addAll(compared.ofOthers);
    TreeSet<String> written = new TreeSet<>(compared.created);
    written.addAll(compared.changed);
    written.add(Inventory.FILE);
    byte[] inventory = compared.target.text().getBytes(StandardCharsets.UTF_8);
    folder
        .swap()
        .replace(
            kept,
            compared.state.emptyFolders(),
            written,
            path -> path.equals(Inventory.FILE) ? inventory : wanted.bytes(path));
  }
}
