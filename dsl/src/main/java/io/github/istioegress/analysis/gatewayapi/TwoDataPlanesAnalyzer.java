package io.github.istioegress.analysis.gatewayapi;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.GatewayApiCode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** EGR807: a namespace that asks for sidecars and for ambient mode. */
final class TwoDataPlanesAnalyzer implements Analyzer {

  private static final String MODE = "istio.io/dataplane-mode";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Resource namespace : context.resources().of(ResourceKind.NAMESPACE)) {
      Map<String, String> labels =
          Objects.requireNonNullElse(namespace.object().getMetadata().getLabels(), Map.of());
      boolean sidecars =
          "enabled".equals(labels.get("istio-injection")) || labels.containsKey("istio.io/rev");
      if (sidecars && "ambient".equals(labels.get(MODE))) {
        out.accept(
            Manifest.finding(
                namespace,
                GatewayApiCode.TWO_DATA_PLANES,
                "metadata.labels." + MODE,
                namespace.key(),
                labels.containsKey("istio.io/rev") ? "istio.io/rev" : "istio-injection"));
      }
    }
  }
}
