package io.github.istioegress.importer;

import io.github.istioegress.intent.EgressPlan;
import java.util.List;
import java.util.Objects;

/**
 * One definition that was recognized.
 *
 * @param namespaces the namespaces it says something of, ordered
 * @param plan what it says
 * @param comments what stood above its documents, with their names
 */
public record ImportedDefinition(List<String> namespaces, EgressPlan plan, List<String> comments) {

  /** Copies the lists. */
  public ImportedDefinition {
    comments = List.copyOf(comments);
    namespaces = List.copyOf(namespaces);
    Objects.requireNonNull(plan, "plan");
  }
}
