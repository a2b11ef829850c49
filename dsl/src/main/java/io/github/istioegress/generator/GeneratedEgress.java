package io.github.istioegress.generator;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.layout.RenderedFiles;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;

/**
 * What became of one definition, held as a whole.
 *
 * @param name the definition's name, which is also its folder
 * @param resources its resources, as they were read back from the files
 * @param files the files, by paths that begin with the name
 * @param calls its declared calls, traced
 * @param findings what of it will not do as intended
 */
public record GeneratedEgress(
    String name,
    ResourceSet resources,
    RenderedFiles files,
    List<DeclaredCall> calls,
    List<Finding> findings) {

  /** Freezes the lists. */
  public GeneratedEgress {
    calls = List.copyOf(calls);
    findings = List.copyOf(findings);
  }
}
