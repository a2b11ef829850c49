package io.github.istioegress.analysis.exposure;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.Map;
import java.util.function.Consumer;

/** EGR411: a namespace asks for sidecars twice, of the default revision and of another. */
final class NamespaceInjectedTwiceAnalyzer implements Analyzer {

  private static final String INJECTION = "istio-injection";
  private static final String REVISION = "istio.io/rev";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Resource namespace : context.resources().of(ResourceKind.NAMESPACE)) {
      Map<String, String> labels = namespace.object().getMetadata().getLabels();
      if (labels != null && labels.containsKey(INJECTION) && labels.containsKey(REVISION)) {
        out.accept(
            Manifest.finding(
                    namespace,
                    ExposureCode.NOT_INJECTED,
                    "metadata.labels",
                    namespace.key(),
                    "has the labels %s: %s and %s: %s"
                        .formatted(
                            INJECTION, labels.get(INJECTION), REVISION, labels.get(REVISION)),
                    "the first holds, and the revision is passed over",
                    "Keep one of the two labels")
                .as(Severity.WARNING));
      }
    }
  }
}
