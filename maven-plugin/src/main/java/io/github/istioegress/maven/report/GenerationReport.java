package io.github.istioegress.maven.report;

import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.maven.project.GeneratedDefinition;
import io.github.istioegress.maven.project.Generation;
import io.github.istioegress.maven.project.TracedCall;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run of generate did.
 *
 * @param generation what the definitions yield
 * @param plan what was written of it
 * @param folder the output folder as people read it
 */
public record GenerationReport(Generation generation, OutputPlan plan, String folder) {

  private static final int CALLS = 30;

  /** One line per thing. */
  public List<String> lines() {
    return Stream.of(
            generation.definitions().stream().map(GenerationReport::definition),
            Stream.of(written()),
            generation.calls().stream().limit(CALLS).map(TracedCall::line),
            more(),
            generation.definitions().stream().limit(1).map(any -> next()))
        .flatMap(lines -> lines)
        .toList();
  }

  private Stream<String> more() {
    int traced = generation.definitions().stream().mapToInt(GeneratedDefinition::traced).sum();
    return traced > Math.min(CALLS, generation.calls().size())
        ? Stream.of(
            "... and %s more, all as said"
                .formatted(
                    Words.counted(traced - Math.min(CALLS, generation.calls().size()), "call")))
        : Stream.empty();
  }

  private static String definition(GeneratedDefinition definition) {
    return "%s (%s): %s, %s traced"
        .formatted(
            definition.name(),
            definition.className(),
            Words.counted(definition.resources(), "resource"),
            Words.counted(definition.traced(), "call"));
  }

  private String written() {
    return "%s: %s written, %s unchanged, %s removed"
        .formatted(
            folder,
            Words.files(plan.created().size() + plan.changed().size()),
            plan.unchanged().size(),
            plan.stale().size());
  }

  private String next() {
    Optional<TracedCall> call =
        generation.calls().stream().filter(c -> !c.to().isEmpty()).findFirst();
    return "next: mvn istio-egress:explain -Distio-egress.call=%s%s, or mvn verify with the goal check bound"
        .formatted(
            call.map(TracedCall::to).orElse("<URL>"),
            call.map(TracedCall::from)
                .filter(from -> !from.isEmpty())
                .map(" -Distio-egress.from=%s"::formatted)
                .orElse(""));
  }
}
