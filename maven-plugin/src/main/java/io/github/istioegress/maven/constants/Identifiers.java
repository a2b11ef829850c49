package io.github.istioegress.maven.constants;

import java.util.Locale;

/** Makes Java identifiers, in ASCII whatever a name has: no compiler setting changes them. */
final class Identifiers {

  private Identifiers() {}

  /** {@code api.stripe.com} is {@code API_STRIPE_COM}; upper case is never a word of Java. */
  static String constant(String name) {
    StringBuilder made = new StringBuilder();
    int before = 0;
    for (int c : name.codePoints().toArray()) {
      if (isUpper(c) && isLowerOrDigit(before)) {
        made.append('_');
      }
      made.append(isUpper(c) || isLowerOrDigit(c) ? Character.toString(c) : other(c));
      before = c;
    }
    return begun(made.toString().toUpperCase(Locale.ROOT));
  }

  /** {@code pay-roll} is {@code PayRoll}. */
  static String type(String name) {
    StringBuilder made = new StringBuilder();
    boolean first = true;
    for (int c : name.codePoints().toArray()) {
      String text =
          isUpper(c) || isLowerOrDigit(c) ? Character.toString(c) : c == '-' ? "" : other(c);
      made.append(first ? text.toUpperCase(Locale.ROOT) : text);
      first = c == '-';
    }
    return begun(made.toString());
  }

  private static String other(int c) {
    return c > 127 ? "_U%04X_".formatted(c) : "_";
  }

  /** A digit cannot come first, and one underscore alone is a word of Java. */
  private static String begun(String made) {
    boolean whole = !made.isEmpty() && !made.equals("_") && !Character.isDigit(made.charAt(0));
    return whole ? made : "_" + (made.isEmpty() ? "_" : made);
  }

  private static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isLowerOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
