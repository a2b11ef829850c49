package io.github.istioegress.trace.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the values of a policy stand for many: {@code *}, {@code x*}, {@code *x}, templates. */
final class Wildcards {

  /** What Envoy takes for a part of a path below a template. */
  private static final String PART = "a-zA-Z0-9\\-._~%!$&'()+,;:@=";

  private Wildcards() {}

  /** Any value but an empty one, a suffix, a prefix, or exactly this. */
  static boolean fits(String wanted, String value) {
    if (wanted.equals("*")) {
      return !value.isEmpty();
    }
    if (wanted.startsWith("*")) {
      return value.endsWith(wanted.substring(1));
    }
    if (wanted.endsWith("*")) {
      return value.startsWith(wanted.substring(0, wanted.length() - 1));
    }
    return value.equals(wanted);
  }

  /** The same for a header that is there: {@code *} then takes an empty one, too. */
  static boolean fitsHeader(String wanted, String value) {
    return wanted.equals("*") || fits(wanted, value);
  }

  static boolean fitsHost(String wanted, String host) {
    return fitsHeader(wanted.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT));
  }

  /** A path, or a template of one in which a part is <code>{*}</code> or <code>{**}</code>. */
  static boolean fitsPath(String wanted, String path) {
    boolean template = wanted.contains("{*}") || wanted.contains("{**}");
    return template ? template(wanted).matcher(path).matches() : fits(wanted, path);
  }

  private static Pattern template(String wanted) {
    return Pattern.compile(
        Arrays.stream(wanted.split("/", -1))
            .map(
                part ->
                    switch (part) {
                      case "{*}", "*" -> "[" + PART + "]+";
                      case "{**}", "**" -> "[" + PART + "/]*";
                      default -> Pattern.quote(part);
                    })
            .collect(Collectors.joining("/")));
  }

  /** A {@code *} anywhere stands for any text. */
  static boolean fitsGlob(String wanted, String value) {
    return Pattern.matches(
        Arrays.stream(wanted.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")),
        value);
  }
}
