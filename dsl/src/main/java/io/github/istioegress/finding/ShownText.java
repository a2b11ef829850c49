package io.github.istioegress.finding;

/** Text of the input as messages show it. */
final class ShownText {

  private static final int LONGEST = 2_000;

  private ShownText() {}

  /** Input may be hostile: no control character reaches a terminal, and no message is a flood. */
  static String of(Object argument) {
    String text = String.valueOf(argument);
    boolean cut = text.length() > LONGEST;
    StringBuilder plain = new StringBuilder();
    text.chars()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (Character.isISOControl(c) && c != '\n' && c != '\t') {
                plain.append("\\u%04x".formatted(c));
              } else {
                plain.append((char) c);
              }
            });
    return cut ? plain.append("...").toString() : plain.toString();
  }
}
