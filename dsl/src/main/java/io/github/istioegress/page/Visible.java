package io.github.istioegress.page;

/** Text made visible: what a reader would not see, or would see elsewhere, is spelt out. */
final class Visible {

  private static final int REPLACEMENT = 0xFFFD;

  private Visible() {}

  /** The text with control, format and lone surrogate characters as {@code \}{@code u} and hex. */
  static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (isPlain(point)) {
                visible.appendCodePoint(point);
              } else {
                visible.append("\\u%04x".formatted(point));
              }
            });
    return visible.toString();
  }

  /** At most so many characters: the middle is left out, for names differ at both ends. */
  static String cut(String text, int most) {
    String visible = of(text);
    int length = visible.codePointCount(0, visible.length());
    if (length <= most) {
      return visible;
    }
    int tail = (most - 1) / 2;
    int head = most - 1 - tail;
    return visible.substring(0, visible.offsetByCodePoints(0, head))
        + "\u2026"
        + visible.substring(visible.offsetByCodePoints(visible.length(), -tail));
  }

  private static boolean isPlain(int point) {
    return point != REPLACEMENT
        && switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.UNASSIGNED,
              Character.PRIVATE_USE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
