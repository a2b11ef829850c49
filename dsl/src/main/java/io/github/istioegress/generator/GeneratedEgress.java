package io.github.istioegress.generator;

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
 */
public record GeneratedEgress(
    String name, ResourceSet resources, RenderedFiles files, List<DeclaredCall> calls) {

  /** Freezes the list. */
  public GeneratedEgress {
    calls = List.copyOf(calls);
  }
}
