package io.github.istioegress.differential;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a case smaller for as long as tracer and judge still disagree about it: a call or a
 * document less at a time. All variants of a round are judged by one process.
 */
final class Shrinker {

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final TypeReference<Map<String, Object>> TABLE = new TypeReference<>() {};

  /** Judges the cases below a folder; answers the names of those it disagrees about. */
  @FunctionalInterface
  interface Judge {
    List<String> disagreements(Path folder) throws IOException;
  }

  private final Judge judge;

  Shrinker(Judge judge) {
    this.judge = judge;
  }

  /** What of a case can be left out. */
  private record Parts(List<String> documents, Map<String, Object> calls) {
    DifferentialCases.Case made() {
      return DifferentialCases.of(String.join("---\n", documents), DifferentialCases.yaml(calls));
    }

    List<Parts> smaller() {
      List<Parts> variants = new ArrayList<>();
      List<?> all = (List<?>) calls.getOrDefault("calls", List.of());
      for (int i = 0; i < all.size() && all.size() > 1; i++) {
        List<Object> fewer = new ArrayList<>(all);
        fewer.remove(i);
        Map<String, Object> other = new java.util.LinkedHashMap<>(calls);
        other.put("calls", fewer);
        variants.add(new Parts(documents, other));
      }
      for (int i = 0; i < documents.size(); i++) {
        List<String> fewer = new ArrayList<>(documents);
        fewer.remove(i);
        if (!fewer.isEmpty()) {
          variants.add(new Parts(fewer, calls));
        }
      }
      return variants;
    }
  }

  /**
   * The smallest case found.
   *
   * @param folder the folder of a case about which they disagree
   * @param scratch an empty folder for the rounds
   */
  DifferentialCases.Case shrink(Path folder, Path scratch) throws IOException {
    Parts smallest =
        new Parts(
            List.of(Files.readString(folder.resolve("manifests.yaml")).split("(?m)^---\n", -1)),
            YAML.readValue(folder.resolve("calls.yaml").toFile(), TABLE));
    for (int round = 0; ; round++) {
      Path rounds = Files.createDirectories(scratch.resolve("round-" + round));
      List<Parts> variants = smallest.smaller();
      for (int i = 0; i < variants.size(); i++) {
        DifferentialCases.write(rounds.resolve("v%04d".formatted(i)), variants.get(i).made());
      }
      List<String> still = judge.disagreements(rounds);
      if (still.isEmpty()) {
        return smallest.made();
      }
      smallest = variants.get(Integer.parseInt(still.get(0).substring(1)));
    }
  }

  /** The judge of {@code conformance/}, by its built program. */
  static Judge program(String binary) {
    return folder -> {
      run(binary, "simulate", "--batch", folder.toString());
      String said = run(binary, "compare", "--batch", folder.toString(), "--limit", "100000");
      try (Stream<Path> cases = Files.list(folder)) {
        return cases
            .map(path -> path.getFileName().toString())
            // A line about a call: name, URL, caller. What could not be judged is no disagreement.
            .filter(name -> said.lines().anyMatch(line -> isAbout(line.strip(), name)))
            .sorted()
            .toList();
      }
    };
  }

  private static boolean isAbout(String line, String name) {
    return line.startsWith(name + ": ") && line.contains("://") && line.contains(" from ");
  }

  private static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      return new String(output.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
