package io.github.istioegress.analysis.gatewayapi;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.GatewayApiCode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.ambient.AmbientService;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** EGR801: a label names a waypoint that does not serve what it labels. */
final class UnknownWaypointAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    // A set without any waypoint is for a mesh whose waypoints are elsewhere.
    if (context.resources().of(ResourceKind.KUBERNETES_GATEWAY).isEmpty()) {
      return;
    }
    Set<ResourceKey> told = new HashSet<>();
    for (AmbientService service : context.model().ambient().services()) {
      String problem = service.binding().problem();
      if (problem.isEmpty()) {
        continue;
      }
      service.binding().decisions().stream()
          .findFirst()
          .flatMap(label -> context.resources().find(label.resource()))
          .filter(labelled -> told.add(labelled.key()))
          .ifPresent(labelled -> tell(labelled, service, problem, out));
    }
  }

  private static void tell(
      Resource labelled, AmbientService service, String problem, Consumer<Finding> out) {
    out.accept(
        Manifest.finding(
            labelled,
            GatewayApiCode.WAYPOINT_NOT_FOUND,
            "metadata.labels.istio.io/use-waypoint",
            labelled.key(),
            service.host(),
            problem));
  }
}
