package io.github.istioegress.analysis.exposure;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 4xx. */
public final class ExposureAnalyzers {

  private ExposureAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of();
  }
}
