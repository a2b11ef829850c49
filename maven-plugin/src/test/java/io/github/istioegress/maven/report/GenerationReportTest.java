package io.github.istioegress.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.layout.OutputFolder;
import io.github.istioegress.layout.OutputPlan;
import io.github.istioegress.layout.Texts;
import io.github.istioegress.maven.project.GeneratedDefinition;
import io.github.istioegress.maven.project.Generation;
import io.github.istioegress.maven.project.TracedCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerationReportTest {

  @TempDir private Path project;

  @Test
  void oneLinePerThing() {
    TracedCall call =
        new TracedCall("cnn leaves", true, "http://edition.cnn.com:80/", "shop/app=sleep");

    assertThat(lines(call))
        .containsExactly(
            "cnn (com.acme.CnnEgress): 5 resources, 1 call traced",
            "manifests: 1 file written, 0 unchanged, 0 removed",
            "cnn leaves",
            "next: mvn istio-egress:explain -Distio-egress.call=http://edition.cnn.com:80/"
                + " -Distio-egress.from=shop/app=sleep, or mvn verify with the goal check bound");
  }

  @Test
  void aDslThatDoesNotTellTheUrlLeavesItToTheReader() {
    assertThat(lines(new TracedCall("cnn leaves", true, "", "")))
        .last()
        .isEqualTo(
            "next: mvn istio-egress:explain -Distio-egress.call=<URL>, or mvn verify with the goal"
                + " check bound");
  }

  private List<String> lines(TracedCall call) {
    Map<String, String> files = Map.of("cnn/shop.yaml", "kind: A\n");
    Generation generation =
        new Generation(
            List.of(
                new GeneratedDefinition(
                    "cnn",
                    "com.acme.CnnEgress",
                    5,
                    1,
                    List.of(call),
                    List.of(),
                    List.of(),
                    Map.of())),
            Texts.of(files),
            List.of(),
            Optional.empty(),
            List.of(),
            "1");
    OutputPlan plan = OutputFolder.at(project.resolve("manifests"), project).plan(files);
    return new GenerationReport(generation, plan, "manifests").lines();
  }
}
