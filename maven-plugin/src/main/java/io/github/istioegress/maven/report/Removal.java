package io.github.istioegress.maven.report;

import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.maven.project.GeneratedDefinition;
import io.github.istioegress.maven.project.Generation;
import io.github.istioegress.maven.project.RefusedException;
import io.github.istioegress.resource.ResourceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The namespaces that a run takes out of the output. Many at once are more often a wrong folder or
 * a filter gone wrong than the end of so many tenants, and an empty file is valid.
 *
 * @param gone those that no definition yields any more
 * @param thinned those that stay and lose files
 * @param kept how many of those that are there now stay
 */
public record Removal(List<String> gone, Set<String> thinned, int kept) {

  /** A few tenants are removed by hand every day. */
  private static final int FEW = 3;

  /** Orders the names. */
  public Removal {
    gone = gone.stream().sorted().toList();
    thinned = Set.copyOf(thinned);
  }

  /**
   * Finds them in the files that would go.
   *
   * @param folder the output folder
   * @throws UncheckedIOException when a file cannot be read
   */
  public static Removal of(Generation generation, OutputPlan plan, Path folder) {
    Set<String> stale = stale(plan, folder);
    Set<String> staying = new HashSet<>();
    Set<String> kept = new HashSet<>();
    for (GeneratedDefinition definition : generation.definitions()) {
      definition.homes().values().forEach(staying::addAll);
      Stream.of(plan.changed(), plan.unchanged())
          .flatMap(List::stream)
          .map(path -> definition.homes().getOrDefault(path, List.of()))
          .forEach(kept::addAll);
    }
    return new Removal(
        stale.stream().filter(Predicate.not(staying::contains)).toList(),
        stale.stream().filter(staying::contains).collect(Collectors.toSet()),
        kept.size());
  }

  private static Set<String> stale(OutputPlan plan, Path folder) {
    List<SourceFile> files = new ArrayList<>();
    plan.stale().forEach(path -> files.add(new SourceFile(path, text(folder.resolve(path)))));
    return new ManifestReader()
        .read(files).resources().all().stream()
            .map(ResourceSet::home)
            .filter(home -> !home.isEmpty())
            .collect(Collectors.toSet());
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** What generate has to be told, with a blank before it; empty where nothing. */
  public String asked() {
    boolean many = gone.size() > FEW && gone.size() >= kept;
    return many ? " -Distio-egress.removeTenants=" + gone.size() : "";
  }

  /**
   * Stops before half of what is there goes, or more.
   *
   * @param folder the output folder as people read it
   * @param allowed how many may go
   * @throws RefusedException when so many go, and it was not said that they do
   */
  public void orRefuse(String folder, int allowed) {
    if (!asked().isEmpty() && allowed != gone.size()) {
      throw new RefusedException(
          "%s: nothing written, %s of %s namespaces would be removed (%s): check the tenants files, or, if they are to go, say%s"
              .formatted(folder, gone.size(), gone.size() + kept, Words.listed(gone), asked()));
    }
  }
}
