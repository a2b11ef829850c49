package io.github.istioegress.layout;

import java.util.List;

/** The output layouts there are. */
public final class OutputLayouts {

  private static final List<OutputLayout> ALL =
      List.of(new NamespaceLayout(), new TenantLayout(), new ApplyOrderLayout());

  private OutputLayouts() {}

  /** All layouts, the default first. */
  public static List<OutputLayout> all() {
    return ALL;
  }

  /** The layout of a build that names none: one file a namespace. */
  public static OutputLayout byDefault() {
    return ALL.get(0);
  }

  /**
   * The layout of a name.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public static OutputLayout named(String name) {
    return ALL.stream()
        .filter(layout -> layout.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no output layout '%s': choose one of %s"
                        .formatted(name, ALL.stream().map(OutputLayout::name).toList())));
  }
}
