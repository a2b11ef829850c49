package io.github.istioegress.generator;

import io.github.istioegress.layout.RenderedFiles;
import io.github.istioegress.resource.ResourceSet;
import java.util.List;
import java.util.Set;

/**
 * What became of one definition.
 *
 * @param name the definition's name, which is also its folder
 * @param resources its resources, as they were read back from the files
 * @param files the files, by paths that begin with the name
 * @param calls its declared calls, traced
 * @param leftAlone paths of files that the run does not work on
 */
public record GeneratedEgress(
    String name,
    ResourceSet resources,
    RenderedFiles files,
    List<DeclaredCall> calls,
    Set<String> leftAlone) {

  /** Freezes the list. */
  public GeneratedEgress {
    calls = List.copyOf(calls);
    leftAlone = Set.copyOf(leftAlone);
  }

  /** True where the run does not work on the file of this path. */
  public boolean isLeftAlone(String path) {
    return leftAlone.contains(path);
  }
}
