package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 3xx. */
public final class RoutingAnalyzers {

  private RoutingAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of(
        new VirtualServiceLoopAnalyzer(),
        new VirtualServiceMissingMeshRouteAnalyzer(),
        new ServiceEntryNoAddressAtGatewayAnalyzer(),
        new VirtualServiceShadowedRouteAnalyzer(),
        new VirtualServiceUnmatchedPortAnalyzer(),
        new VirtualServiceGatewayHostAnalyzer(),
        new VirtualServiceServerPortAnalyzer(),
        new VirtualServiceHiddenFromGatewayAnalyzer(),
        new ServiceEntryHiddenFromGatewayAnalyzer(),
        new VirtualServiceContestedHostAnalyzer(),
        new VirtualServiceUnseenServiceAnalyzer(),
        new SidecarMissingImportAnalyzer(),
        new VirtualServicePortlessDestinationAnalyzer(),
        new VirtualServiceWeightAnalyzer(),
        new VirtualServiceRetryAnalyzer(),
        new VirtualServiceGatewayNameAnalyzer(),
        new VirtualServiceIneffectiveSubsetAnalyzer(),
        new SidecarCompetingAnalyzer(),
        new VirtualServiceWildcardTakesHostAnalyzer());
  }
}
