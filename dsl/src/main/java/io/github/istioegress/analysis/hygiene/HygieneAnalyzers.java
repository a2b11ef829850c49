package io.github.istioegress.analysis.hygiene;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 7xx. */
public final class HygieneAnalyzers {

  private HygieneAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of(new UnusedGatewayAnalyzer(), new VersionAnalyzer(), new NameAnalyzer());
  }
}
