package io.github.istioegress.manifest;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which text may stand without quotes. Only what no reader of any YAML takes for something
 * else: words, names, hosts, paths, URLs, durations and IPv4 addresses. Everything else is quoted,
 * whether it needs to be or not.
 */
final class PlainStyle {

  private static final Pattern ORDINARY =
      Pattern.compile("(?:\\./|/)?[A-Za-z](?:[A-Za-z0-9_./@+-]|:(?=[A-Za-z0-9_./@+-]))*");

  private static final Pattern DURATION =
      Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:ms|s|m|h)");

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?");

  private static final Set<String> MEANING_ELSE =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity");

  private static final int LONGEST = 1_000;

  private PlainStyle() {}

  /** True where every reader takes the bare text for this very string. */
  static boolean fits(String text) {
    if (text.length() > LONGEST || MEANING_ELSE.contains(text.toLowerCase(Locale.ROOT))) {
      return false;
    }
    return ORDINARY.matcher(text).matches()
        || DURATION.matcher(text).matches()
        || ADDRESS.matcher(text).matches();
  }
}
