package io.github.istioegress.maven.report;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.maven.project.RefusedException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the output folder differs from what the definitions yield, in words.
 *
 * @param plan what writing would do
 * @param folder the output folder as people read it
 * @param asked what generate asks to be said beside its name, with a blank before it; often empty
 */
public record Drift(OutputPlan plan, String folder, String asked) {

  private static final int LONGEST_DIFF = 60;
  private static final String REPAIR = "mvn istio-egress:generate";

  /** One line for a folder that needs nothing. */
  public String upToDate() {
    return "%s in %s up to date".formatted(Words.files(plan.unchanged().size()), folder);
  }

  /**
   * Stops where something stands against writing, such as a file changed by hand.
   *
   * @throws RefusedException with what it is and the diff
   */
  public void orRefuseWriting() {
    if (!plan.findings().isEmpty()) {
      throw refusal("nothing written", edited());
    }
  }

  /**
   * Stops where anything differs.
   *
   * @throws RefusedException with a line per file, the diff and the command that repairs it
   */
  public void orRefuse() {
    if (plan.isUpToDate()) {
      return;
    }
    List<String> lines =
        Stream.of(
                edited(),
                lines("missing", "not generated yet", plan.created()),
                lines("stale", "its definition says something else now", plan.changed()),
                lines("orphan", "no definition yields it any more", plan.stale()))
            .flatMap(said -> said)
            .toList();
    boolean named = !lines.isEmpty() || !plan.findings().isEmpty();
    throw refusal(
        "not what the definitions yield",
        named ? lines.stream() : Stream.of("  stale   the inventory of what was generated"));
  }

  private RefusedException refusal(String what, Stream<String> lines) {
    Stream<String> details =
        plan.findings().isEmpty()
            ? Stream.of(shortened(plan.diff()), "repair with: " + REPAIR + asked)
            : Stream.concat(plan.findings().stream().map(Finding::toString), repairEdited());
    return new RefusedException(
        Stream.of(Stream.of(folder + ": " + what), lines, details)
            .flatMap(said -> said)
            .map(String::stripTrailing)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n")));
  }

  private Stream<String> repairEdited() {
    return plan.edited().isEmpty()
        ? Stream.empty()
        : Stream.of("say it in the definition, delete the edited file, then: " + REPAIR + asked);
  }

  private Stream<String> edited() {
    return plan.edited().stream()
        .map(path -> line("edited", "changed by hand since it was generated", path));
  }

  private Stream<String> lines(String state, String why, List<String> paths) {
    return paths.stream()
        .filter(path -> !plan.edited().contains(path))
        .map(path -> line(state, why, path));
  }

  private String line(String state, String why, String path) {
    return "  %-7s %s/%s: %s".formatted(state, folder, path, why);
  }

  private static String shortened(String diff) {
    List<String> lines = diff.lines().toList();
    return lines.size() <= LONGEST_DIFF
        ? diff
        : "%s%n... and %s lines more"
            .formatted(
                String.join("\n", lines.subList(0, LONGEST_DIFF)), lines.size() - LONGEST_DIFF);
  }
}
