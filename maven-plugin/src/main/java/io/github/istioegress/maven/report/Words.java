package io.github.istioegress.maven.report;

import java.util.Collection;
import java.util.stream.Collectors;

/** Counts, in words. */
final class Words {

  private Words() {}

  static String files(int count) {
    return counted(count, "file");
  }

  /** The first ten of them. */
  static String listed(Collection<String> names) {
    String first = names.stream().limit(10).collect(Collectors.joining(", "));
    return names.size() <= 10 ? first : "%s and %s more".formatted(first, names.size() - 10);
  }

  static String counted(int count, String noun) {
    return count == 1 ? "1 " + noun : count + " " + noun + "s";
  }
}
