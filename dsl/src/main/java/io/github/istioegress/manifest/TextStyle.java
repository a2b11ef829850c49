package io.github.istioegress.manifest;

/** Writes a string so that every reader of YAML reads this very string. */
final class TextStyle {

  private TextStyle() {}

  /** True where the text reads best as a block, line by line. */
  static boolean isBlock(String text) {
    int end = text.indexOf('\n');
    return end > 0 && !text.endsWith("\n\n") && lines(text);
  }

  private static boolean lines(String text) {
    boolean first = true;
    for (String line : text.split("\n", -1)) {
      if (first && (line.isEmpty() || line.charAt(0) == ' ')) {
        return false;
      }
      first = false;
      if (!line.isEmpty()
          && (line.endsWith(" ") || !line.chars().allMatch(c -> c >= ' ' && c <= '~'))) {
        return false;
      }
    }
    return true;
  }

  /** The text on one line: bare where that is safe, else in double quotes. */
  static String inline(String text) {
    return PlainStyle.fits(text) ? text : quoted(text);
  }

  /**
   * The text in double quotes.
   *
   * @throws IllegalArgumentException when it holds half a character, which no file can hold
   */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> append(out, c));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      default -> {
        if (Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE) {
          throw new IllegalArgumentException(
              "A value holds the half character U+%04X: give whole characters".formatted(c));
        }
        if (isVisible(c)) {
          out.appendCodePoint(c);
        } else {
          out.append(c > 0xFFFF ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
        }
      }
    }
  }

  /** Fixed ranges, not the JDK's tables: those grow, and the bytes must stay. */
  private static boolean isVisible(int c) {
    return (c >= ' ' && c <= '~')
        || (c > 0xA0 && c < 0x2000 && c != 0xAD && c != 0x61C && c != 0x180E)
        || (c >= 0x2070 && c < 0xD800);
  }
}
