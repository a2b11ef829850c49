package io.github.istioegress.analysis;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.generator.EgressAnalyzer;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of manifests that says what is to be found in it: {@code # want EGR101} at the end of the
 * line that is wrong, {@code # want EGR101 EGR104} for two. A line {@code # outboundTrafficPolicy:
 * REGISTRY_ONLY}, {@code # istioVersion: 1.27} or {@code # isolated: true} says how it is judged.
 */
record Fixture(Path file, String text) {

  private static final Path FOLDER = Path.of("src/test/resources/io/github/istioegress/analysis");

  private static final Pattern WANT = Pattern.compile("# want((?: EGR\\d{3})+)\\s*$");

  /** All of them, in order. */
  static List<Fixture> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> file.toString().contains("EGR"))
          .sorted()
          .map(Fixture::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fixture read(Path file) {
    try {
      return new Fixture(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code of its folder. */
  String code() {
    return FOLDER.relativize(file).getName(0).toString();
  }

  /** True where nothing is to be found. */
  boolean isClean() {
    return file.getFileName().toString().startsWith("clean");
  }

  /** What is to be found, {@code 12 EGR101}. */
  List<String> wanted() {
    List<String> wanted = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher matcher = WANT.matcher(lines.get(i));
      if (matcher.find()) {
        for (String code : matcher.group(1).strip().split(" ", -1)) {
          wanted.add((i + 1) + " " + code);
        }
      }
    }
    return wanted;
  }

  /** What is found, by the whole analysis. */
  List<Finding> found() {
    return EgressAnalyzer.analyze(
            new EgressAnalyzer.Request(
                List.of(new SourceFile(String.valueOf(file.getFileName()), text)),
                said("istioVersion").map(IstioVersion::parse),
                said("outboundTrafficPolicy")
                    .map(OutboundTrafficPolicy::valueOf)
                    .orElse(OutboundTrafficPolicy.ALLOW_ANY),
                said("isolated").isPresent(),
                List.of()))
        .findings();
  }

  private Optional<String> said(String word) {
    return text.lines()
        .filter(line -> line.startsWith("# " + word + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  @Override
  public String toString() {
    return FOLDER.relativize(file).toString();
  }
}
