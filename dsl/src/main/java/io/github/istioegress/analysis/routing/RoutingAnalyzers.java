package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 3xx. */
public final class RoutingAnalyzers {

  private RoutingAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of();
  }
}
