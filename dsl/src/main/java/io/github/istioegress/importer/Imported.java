package io.github.istioegress.importer;

import io.github.istioegress.finding.Finding;
import java.util.List;

/**
 * What was recognized in a set of manifests, and what was not.
 *
 * @param definitions what it says; their resources are all in the set, equal
 * @param proved the documents that are equal to what the definitions yield, in order
 * @param leftOvers the documents for which nothing is claimed
 * @param added what the definitions yield beyond the set: Namespaces that it does not show
 * @param books labels and annotations of the proved documents that are their tools' own books
 * @param findings what could not be read as it was written
 * @param skippedDocuments how many documents are no resources, such as Helm values
 */
public record Imported(
    List<ImportedDefinition> definitions,
    List<String> proved,
    List<LeftOver> leftOvers,
    List<String> added,
    List<String> books,
    List<Finding> findings,
    int skippedDocuments) {

  /** Copies the lists. */
  public Imported {
    definitions = List.copyOf(definitions);
    proved = List.copyOf(proved);
    leftOvers = List.copyOf(leftOvers);
    added = List.copyOf(added);
    books = List.copyOf(books);
    findings = List.copyOf(findings);
  }

  /** True where every document is proved. */
  public boolean isWhole() {
    return leftOvers.isEmpty() && definitions.stream().findAny().isPresent();
  }

  /** How many sentences were recognized. */
  public int sentences() {
    return definitions.stream()
        .flatMap(one -> one.plan().namespaces().stream())
        .mapToInt(said -> said.intents().size())
        .sum();
  }
}
