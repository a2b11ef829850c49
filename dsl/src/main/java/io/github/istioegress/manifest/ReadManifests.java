package io.github.istioegress.manifest;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;
import java.util.Objects;

/**
 * What manifests hold.
 *
 * @param resources the resources that could be read
 * @param findings what could not be read, in the order of the files
 * @param skippedDocuments how many documents are no resources, such as Helm values
 */
public record ReadManifests(ResourceSet resources, List<Finding> findings, int skippedDocuments) {

  /** Copies the list. */
  public ReadManifests {
    Objects.requireNonNull(resources, "resources");
    findings = List.copyOf(findings);
  }
}
