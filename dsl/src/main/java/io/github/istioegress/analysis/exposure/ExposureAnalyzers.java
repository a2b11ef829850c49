package io.github.istioegress.analysis.exposure;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 4xx. */
public final class ExposureAnalyzers {

  private ExposureAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of(
        new ServiceEntryPartlyRoutedAnalyzer(),
        new ServiceEntryUnroutedAnalyzer(),
        new MeshConfigOpenAnalyzer(),
        new SidecarOpenAnalyzer(),
        new NamespaceNotHeldAnalyzer(),
        new NetworkPolicyOpenAnalyzer(),
        new NetworkPolicyLackingAnalyzer(),
        new NetworkPolicyServicePortAnalyzer(),
        new WorkloadAroundSidecarAnalyzer(),
        new ServiceEntryMetadataAnalyzer(),
        new NamespaceInjectedTwiceAnalyzer(),
        new ServiceEntryWideWildcardAnalyzer(),
        new GatewayServiceExposedAnalyzer());
  }
}
