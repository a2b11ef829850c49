package io.github.istioegress.analysis.context;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds what somebody may have meant who wrote a name that is not there. Names that people give in
 * rows, such as tenant-a and tenant-b, eu and us or order and orders, are no slips of each other.
 */
public final class NearMiss {

  /** Among more names a slip is found by other means, or takes too long. */
  private static final int MOST_NAMES = 2_000;

  private static final Pattern PARTS = Pattern.compile("[-._/]");
  private static final Pattern DIGITS = Pattern.compile("[0-9]");

  private NearMiss() {}

  /** The name most like the one written, at most two slips away; empty where none is. */
  public static Optional<String> of(String written, Collection<String> names) {
    if (names.size() > MOST_NAMES) {
      return Optional.empty();
    }
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      int slips = slips(written, name);
      if (slips > 0 && slips < least) {
        least = slips;
        best = name;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** How many slips lie between two names; 0 where they are no slips of each other. */
  private static int slips(String one, String other) {
    if (Math.abs(one.length() - other.length()) > 2
        || one.contains("ingress") != other.contains("ingress")) {
      return 0;
    }
    String[] ones = PARTS.split(one, -1);
    String[] others = PARTS.split(other, -1);
    if (ones.length != others.length) {
      boolean dashed =
          PARTS.matcher(one).replaceAll("").equals(PARTS.matcher(other).replaceAll(""));
      return dashed ? 1 : 0;
    }
    int slips = 0;
    for (int i = 0; i < ones.length; i++) {
      if (!ones[i].equals(others[i])) {
        int edits = edits(ones[i], others[i]);
        if (edits > allowed(ones[i]) || inARow(ones[i], others[i])) {
          return 0;
        }
        slips += edits;
      }
    }
    return slips > 2 ? 0 : slips;
  }

  /** A short word has too many neighbours by chance. */
  private static int allowed(String word) {
    return word.length() < 5 ? 0 : word.length() < 9 ? 1 : 2;
  }

  private static boolean inARow(String one, String other) {
    return DIGITS.matcher(one).replaceAll("").equals(DIGITS.matcher(other).replaceAll(""))
        || isPlural(one, other)
        || isPlural(other, one);
  }

  private static boolean isPlural(String many, String one) {
    return !one.endsWith("s") && many.equals(one + "s");
  }

  private static int edits(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + same);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
