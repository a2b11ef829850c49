package io.github.istioegress.analysis.gatewayapi;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 8xx. */
public final class GatewayApiAnalyzers {

  private GatewayApiAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of(
        new UnknownWaypointAnalyzer(),
        new LayerSevenWithoutWaypointAnalyzer(),
        new RouteParentAnalyzer(),
        new RouteBackendAnalyzer(),
        new ListenerTwiceAnalyzer(),
        new TwoDataPlanesAnalyzer(),
        new UnknownGatewayClassAnalyzer(),
        new PolicyOfUnservedEntryAnalyzer());
  }
}
