package io.github.istioegress.analysis.context;

import io.github.istioegress.finding.Finding;
import java.util.function.Consumer;

/**
 * Looks for one kind of fault in a set of manifests. It holds no state, so that one instance serves
 * any number of sets, and it needs a time that grows with the set and not with its square.
 */
@FunctionalInterface
public interface Analyzer {

  /**
   * Judges a set.
   *
   * @param context the set, and what Istio would make of it
   * @param out takes each finding; the order does not matter
   */
  void analyze(AnalysisContext context, Consumer<Finding> out);
}
