package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 2xx. */
public final class ProtocolAnalyzers {

  private ProtocolAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of();
  }
}
