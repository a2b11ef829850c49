package io.github.istioegress.intent;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Who may call, and what, as the gateway enforces it.
 *
 * @param callers the callers; empty for everyone
 * @param requests the HTTP requests; empty for all
 */
public record Admission(List<Callers> callers, List<Requests> requests) {

  /** Orders both. */
  public Admission {
    callers = callers.stream().distinct().sorted().toList();
    requests = requests.stream().distinct().sorted().toList();
  }

  /** Everyone, and every request. */
  public static Admission everyone() {
    return new Admission(List.of(), List.of());
  }

  /** True where the gateway has to look. */
  public boolean isRestricted() {
    return !callers.isEmpty() || !requests.isEmpty();
  }

  /** The words of the language for it. */
  @Override
  public String toString() {
    return words("from", callers) + words("allow", requests);
  }

  private static String words(String word, List<?> values) {
    return values.isEmpty()
        ? ""
        : values.stream()
            .map(Object::toString)
            .collect(Collectors.joining(", ", "." + word + "(", ")"));
  }
}
