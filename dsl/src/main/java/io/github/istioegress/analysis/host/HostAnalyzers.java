package io.github.istioegress.analysis.host;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 6xx. */
public final class HostAnalyzers {

  private HostAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of(
        new HostNameAnalyzer(),
        new ForeignHostAnalyzer(),
        new RepeatedHostAnalyzer(),
        new OwnAddressAnalyzer(),
        new PortRangeAnalyzer(),
        new AddressRuleAnalyzer(),
        new UpperCaseHostAnalyzer());
  }
}
