package io.github.istioegress.analysis.context;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody may have meant who wrote a name that is not there. */
public final class NearMiss {

  private static final int MOST_EDITS = 2;

  private NearMiss() {}

  /** The name most like the one written, at most two slips away; empty where none is. */
  public static Optional<String> of(String written, Collection<String> names) {
    String best = "";
    int least = MOST_EDITS + 1;
    for (String name : names) {
      // A short name has too many neighbours by chance.
      int allowed = Math.min(MOST_EDITS, written.length() / 4);
      if (Math.abs(name.length() - written.length()) <= allowed && !name.equals(written)) {
        int edits = edits(written, name);
        if (edits <= allowed && edits < least) {
          least = edits;
          best = name;
        }
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
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
