package io.github.istioegress.layout;

import java.util.List;
import java.util.function.Function;

/** The output layouts there are. */
public final class OutputLayouts {

  private record Choice(String name, Function<Delivery, OutputLayout> layout) {}

  private static final List<Choice> ALL =
      List.of(
          new Choice("namespace", delivery -> new NamespaceLayout()),
          new Choice("tenant", delivery -> new TenantLayout()),
          new Choice("apply-order", delivery -> new ApplyOrderLayout()),
          new Choice("kustomize", delivery -> new KustomizeLayout()),
          new Choice("helm", delivery -> new HelmLayout()),
          new Choice("argo-cd", ArgoCdLayout::new),
          new Choice("flux", FluxLayout::new));

  private OutputLayouts() {}

  /** The names of all layouts, the default first. */
  public static List<String> names() {
    return ALL.stream().map(Choice::name).toList();
  }

  /** The layout of a build that names none: one file a namespace. */
  public static OutputLayout byDefault() {
    return named(ALL.get(0).name());
  }

  /**
   * The layout of a name, for files that no tool fetches from Git.
   *
   * @throws IllegalArgumentException when there is none of this name, or it needs a repository
   */
  public static OutputLayout named(String name) {
    return named(name, Delivery.unsaid());
  }

  /**
   * The layout of a name.
   *
   * @param delivery where a tool finds the files; a layout that needs none does not look at it
   * @throws IllegalArgumentException when there is none of this name, or it needs what is not said
   */
  public static OutputLayout named(String name, Delivery delivery) {
    return ALL.stream()
        .filter(choice -> choice.name().equals(name))
        .findFirst()
        .map(choice -> choice.layout().apply(delivery))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no output layout '%s': choose one of %s".formatted(name, names())));
  }
}
