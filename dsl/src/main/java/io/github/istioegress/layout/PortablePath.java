package io.github.istioegress.layout;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges relative paths by the rules of all systems at once: names may come from tenants. */
final class PortablePath {

  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]*[A-Za-z0-9_-]");

  private static final Pattern RESERVED =
      Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?");

  private static final int LONGEST_SEGMENT = 255;

  private static final int LONGEST = 1_000;

  private PortablePath() {}

  /** Why the path cannot be used; nothing where it can. */
  static Optional<String> refusal(String path) {
    if (path.length() > LONGEST) {
      return Optional.of("it has more than %s characters".formatted(LONGEST));
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty()) {
        return Optional.of("it is empty or absolute, or a part of it is empty");
      }
      if (segment.length() > LONGEST_SEGMENT) {
        return Optional.of("a part of it has more than %s characters".formatted(LONGEST_SEGMENT));
      }
      if (!SEGMENT.matcher(segment).matches()) {
        return Optional.of(
            "only letters, digits, dots, dashes and underscores, and no dot at the end");
      }
      if (RESERVED.matcher(segment.toLowerCase(Locale.ROOT)).matches()) {
        return Optional.of("Windows keeps the name for a device");
      }
    }
    return Optional.empty();
  }

  /** What two paths have in common that are one file where case does not count. */
  static String folded(String path) {
    return path.toLowerCase(Locale.ROOT);
  }
}
