package io.github.istioegress.analysis.host;

import java.util.Optional;

/**
 * Reads labels that begin with {@code xn--} (RFC 3492), without the mapping of older rules, which
 * takes some letters for others.
 */
final class Punycode {

  private static final int BASE = 36;
  private static final int FIRST_CODE_POINT = 128;
  private static final int FIRST_BIAS = 72;

  private Punycode() {}

  /** What a label says after its {@code xn--}; empty where it says nothing. */
  static Optional<String> decode(String label) {
    int dash = label.lastIndexOf('-');
    StringBuilder text = new StringBuilder(dash < 0 ? "" : label.substring(0, dash));
    int codePoint = FIRST_CODE_POINT;
    int bias = FIRST_BIAS;
    long index = 0;
    int at = dash + 1;
    if (at >= label.length()) {
      return Optional.empty();
    }
    while (at < label.length()) {
      long old = index;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        if (at >= label.length()) {
          return Optional.empty();
        }
        int digit = digit(label.charAt(at++));
        index += digit * weight;
        if (digit < 0 || index > Integer.MAX_VALUE) {
          return Optional.empty();
        }
        int threshold = Math.max(1, Math.min(26, k - bias));
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
        if (weight > Integer.MAX_VALUE) {
          return Optional.empty();
        }
      }
      int length = text.codePointCount(0, text.length()) + 1;
      bias = adapted(index - old, length, old == 0);
      long next = codePoint + index / length;
      if (next > Character.MAX_CODE_POINT || isSurrogate(next)) {
        return Optional.empty();
      }
      codePoint = (int) next;
      int place = (int) (index % length);
      text.insert(text.offsetByCodePoints(0, place), Character.toString(codePoint));
      index = place + 1L;
    }
    return Optional.of(text.toString());
  }

  private static boolean isSurrogate(long codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0' + 26;
    }
    char lower = Character.toLowerCase(c);
    return lower >= 'a' && lower <= 'z' ? lower - 'a' : -1;
  }

  private static int adapted(long delta, int length, boolean first) {
    long rest = first ? delta / 700 : delta / 2;
    rest += rest / length;
    int k = 0;
    while (rest > 455) {
      rest /= 35;
      k += BASE;
    }
    return (int) (k + 36 * rest / (rest + 38));
  }
}
