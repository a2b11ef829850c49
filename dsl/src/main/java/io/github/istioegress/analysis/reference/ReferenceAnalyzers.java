package io.github.istioegress.analysis.reference;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 1xx. */
public final class ReferenceAnalyzers {

  private ReferenceAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of(
        new VirtualServiceUnknownGatewayAnalyzer(),
        new VirtualServiceMissingSubsetAnalyzer(),
        new VirtualServiceUnknownDestinationAnalyzer(),
        new GatewayUnmatchedSelectorAnalyzer(),
        new GatewayUnreachablePortAnalyzer(),
        new VirtualServiceUndeclaredPortAnalyzer(),
        new MissingCredentialAnalyzer(),
        new DestinationRuleUnknownHostAnalyzer(),
        new ExportToUnknownNamespaceAnalyzer(),
        new SidecarUnknownHostAnalyzer(),
        new DestinationRuleEmptySubsetAnalyzer(),
        new UnmatchedWorkloadSelectorAnalyzer(),
        new VirtualServiceMissingDelegateAnalyzer(),
        new AuthorizationPolicyUnknownNameAnalyzer());
  }
}
