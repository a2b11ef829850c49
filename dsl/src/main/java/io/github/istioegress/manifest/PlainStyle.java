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

  private static final Pattern DURATION =
      Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:ms|s|m|h)");

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?");

  private static final Set<String> MEANING_ELSE =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity");

  private static final int LONGEST_MEANING_ELSE = 8;

  private static final int LONGEST = 1_000;

  private PlainStyle() {}

  /** True where every reader takes the bare text for this very string. */
  static boolean fits(String text) {
    if (text.length() > LONGEST || meansElse(text)) {
      return false;
    }
    return isOrdinary(text)
        || (startsWithDigit(text)
            && (DURATION.matcher(text).matches() || ADDRESS.matcher(text).matches()));
  }

  /**
   * A letter, with a slash or a dot and a slash before it or not, and then letters, digits and
   * {@code _./@+-}, with colons between them. By hand: a run asks this of every word it writes.
   */
  private static boolean isOrdinary(String text) {
    int at = text.startsWith("./") ? 2 : text.startsWith("/") ? 1 : 0;
    if (at == text.length() || !isLetter(text.charAt(at))) {
      return false;
    }
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean colon = c == ':' && i + 1 < text.length() && isInside(text.charAt(i + 1));
      if (!colon && !isInside(c)) {
        return false;
      }
    }
    return true;
  }

  /** True for a word that some reader takes for a truth, for nothing, or for no number. */
  static boolean meansElse(String text) {
    return text.length() <= LONGEST_MEANING_ELSE
        && MEANING_ELSE.contains(text.toLowerCase(Locale.ROOT));
  }

  /** The same of a part of a text. */
  static boolean meansElse(char[] text, int start, int end) {
    return end - start <= LONGEST_MEANING_ELSE && meansElse(new String(text, start, end - start));
  }

  private static boolean isInside(char c) {
    return isLetter(c) || isDigit(c) || "_./@+-".indexOf(c) >= 0;
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean startsWithDigit(String text) {
    return !text.isEmpty() && isDigit(text.charAt(0));
  }
}
