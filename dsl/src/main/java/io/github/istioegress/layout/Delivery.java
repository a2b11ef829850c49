package io.github.istioegress.layout;

import java.util.regex.Pattern;

/**
 * Where a tool of delivery finds the output.
 *
 * @param repository the URL of the Git repository, as {@code git clone} takes it; may be empty
 * @param branch the branch that is delivered; may be empty
 * @param folder the output folder as seen from the repository's root, {@code .} where it is the
 *     root; may be empty
 */
public record Delivery(String repository, String branch, String folder) {

  private static final Pattern URL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@:/._~+%-]*");

  private static final Pattern PASSWORD = Pattern.compile("[^/]*//[^/@]*:[^/@]*@.*");

  private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/+-]*");

  /**
   * Checks what is said.
   *
   * @throws IllegalArgumentException when the URL, the branch or the folder cannot be one
   */
  public Delivery {
    refuse(
        !repository.isEmpty() && !URL.matcher(repository).matches(),
        "istio-egress.gitRepository",
        repository,
        "no URL or path of a Git repository");
    refuse(
        PASSWORD.matcher(repository).matches(),
        "istio-egress.gitRepository",
        repository.replaceFirst("//.*@", "//...@"),
        "a URL with a password, which would be written into the files: give it to the tool that"
            + " delivers");
    refuse(
        !branch.isEmpty() && !BRANCH.matcher(branch).matches(),
        "istio-egress.gitBranch",
        branch,
        "no branch");
    refuse(
        !folder.isEmpty() && !folder.equals(".") && PortablePath.refusal(folder).isPresent(),
        "istio-egress.gitFolder",
        folder,
        "no folder below the repository's root, as in platform/manifests");
  }

  private static void refuse(boolean wrong, String property, String value, String why) {
    if (wrong) {
      throw new IllegalArgumentException("%s is '%s': %s".formatted(property, value, why));
    }
  }

  /** Nothing is said of it. */
  public static Delivery unsaid() {
    return new Delivery("", "", "");
  }

  /** The path of a definition's folder, with {@code /} between its parts. */
  String pathOf(String definition) {
    return folder.equals(".") ? definition : folder + "/" + definition;
  }

  /**
   * The same, for a layout that cannot do without.
   *
   * @throws IllegalArgumentException when something is not said
   */
  Delivery orRefuseUnsaid(String layout) {
    needed(layout, "istio-egress.gitRepository", repository, "the URL of the Git repository");
    needed(layout, "istio-egress.gitBranch", branch, "the branch that is delivered");
    needed(
        layout,
        "istio-egress.gitFolder",
        folder,
        "the output folder as seen from the repository's root");
    return this;
  }

  private static void needed(String layout, String property, String value, String what) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "layout '%s' has to know where its files are delivered from: set %s to %s"
              .formatted(layout, property, what));
    }
  }
}
