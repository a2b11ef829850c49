package io.github.istioegress.analysis.tenancy;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 5xx. */
public final class TenancyAnalyzers {

  private TenancyAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of(
        new VirtualServiceSeenByOthersAnalyzer(),
        new ServiceEntrySeenByOthersAnalyzer(),
        new ServiceEntryHostOfTwoOwnersAnalyzer(),
        new GatewayHostTwiceAnalyzer(),
        new GatewayWideHostAnalyzer(),
        new GatewayWithoutPolicyAnalyzer(),
        new PolicyWithoutIdentityAnalyzer(),
        new PolicyNotTiedAnalyzer(),
        new ServiceEntryOfClusterHostAnalyzer(),
        new DestinationRuleTwiceAnalyzer(),
        new RootRuleChangesTlsAnalyzer(),
        new TenantNamespaceAnalyzer(),
        new ForeignCredentialAnalyzer(),
        new ServiceEntryNotMergedAnalyzer());
  }
}
