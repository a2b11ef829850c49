package io.github.istioegress.maven.project;

import java.util.Map;

/**
 * How the files are to lie, and where a tool of delivery finds them.
 *
 * @param name the name of an output layout, empty for the default
 * @param gitRepository the URL of the Git repository, empty where the layout need not know
 * @param gitBranch the branch that is delivered, likewise
 * @param gitFolder the output folder as seen from the repository's root, likewise
 */
public record LayoutChoice(String name, String gitRepository, String gitBranch, String gitFolder) {

  /** A layout that need not know where it is delivered from. */
  public static LayoutChoice named(String name) {
    return new LayoutChoice(name, "", "", "");
  }

  Map<String, Object> toMap() {
    return Map.of(
        "layout",
        name,
        "gitRepository",
        gitRepository,
        "gitBranch",
        gitBranch,
        "gitFolder",
        gitFolder);
  }
}
