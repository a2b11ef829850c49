package io.github.istioegress.maven.lastrun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the last run of a module was made of and what it left, so that a run can see that it has
 * nothing to do. What is noted lies in the build folder; without it, or where it is not as it was
 * written, all is done again.
 */
public final class LastRun {

  private static final String HEADER = "istio-egress last run 1";

  private static final int INPUTS = 5;

  private static final int LARGEST = 1 << 20;

  private final Path state;
  private final Path output;
  private final String made;
  private final Instant begin;

  private LastRun(Path state, Path output, String made, Instant begin) {
    this.state = state;
    this.output = output;
    this.made = made;
    this.begin = begin;
  }

  /**
   * Looks at what a run is made of, before it begins.
   *
   * @param state the file of the notes
   * @param output the output folder
   * @param ingredients all that a run depends on
   * @throws UncheckedIOException when something cannot be read
   */
  public static LastRun before(Path state, Path output, Ingredients ingredients) {
    return new LastRun(state, output, ingredients.hash(output), Instant.now());
  }

  /** True where the same run was made and its output is as it left it. */
  public boolean holds() {
    return noted()
        .filter(LastRun::isSealed)
        .filter(note -> note.equals(note(inputs(note))))
        .isPresent();
  }

  /**
   * Notes a run that ended well.
   *
   * @param inputs what it read outside the module
   * @throws UncheckedIOException when the disk refuses
   */
  public void remember(List<String> inputs) {
    try {
      if (inputs.stream().map(Path::of).anyMatch(this::changedMeanwhile)) {
        Files.deleteIfExists(state);
        return;
      }
      Files.createDirectories(folder());
      Path fresh = Files.createTempFile(folder(), "last-run", ".tmp");
      try {
        Files.writeString(fresh, String.join("\n", note(inputs)));
        Files.move(fresh, state, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot note the run in %s: delete the folder".formatted(state), e);
    }
  }

  private Path folder() {
    return Optional.ofNullable(state.getParent()).orElse(Path.of(""));
  }

  /** Nobody knows whether the run saw it before or after the change. */
  private boolean changedMeanwhile(Path input) {
    try (Stream<Path> files = Files.walk(input)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.getLastModifiedTime(file).compareTo(FileTime.from(begin)) >= 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Header and seal, then what counts: the run's own hash, the inputs', the output's, the inputs.
   */
  private List<String> note(List<String> inputs) {
    Fingerprint read = new Fingerprint();
    inputs.forEach(input -> read.tree(Path.of(input), any -> false));
    List<String> note = new ArrayList<>();
    note.add(made);
    note.add(read.hex());
    note.add(new Fingerprint().tree(output, any -> false).hex());
    note.addAll(inputs);
    note.addAll(0, List.of(HEADER, seal(note)));
    return note;
  }

  private static String seal(List<String> lines) {
    Fingerprint seal = new Fingerprint();
    lines.forEach(seal::add);
    return seal.hex();
  }

  /** Else the paths in it may be anything, and following them may never end. */
  private static boolean isSealed(List<String> note) {
    return note.size() >= INPUTS
        && note.get(0).equals(HEADER)
        && note.get(1).equals(seal(note.subList(2, note.size())));
  }

  private static List<String> inputs(List<String> note) {
    return note.subList(INPUTS, note.size());
  }

  private Optional<List<String>> noted() {
    try {
      return Files.isRegularFile(state) && Files.size(state) < LARGEST
          ? Optional.of(
              List.of(
                  new String(Files.readAllBytes(state), StandardCharsets.UTF_8).split("\n", -1)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
