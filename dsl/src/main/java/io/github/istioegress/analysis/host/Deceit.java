package io.github.istioegress.analysis.host;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells names that look like others: letters of two scripts in one label, or unseen ones. */
final class Deceit {

  /** Scripts that are written together; any other two in one label are for deceit. */
  private static final List<Set<Character.UnicodeScript>> TOGETHER =
      List.of(
          EnumSet.of(
              Character.UnicodeScript.LATIN,
              Character.UnicodeScript.HAN,
              Character.UnicodeScript.HIRAGANA,
              Character.UnicodeScript.KATAKANA),
          EnumSet.of(
              Character.UnicodeScript.LATIN,
              Character.UnicodeScript.HAN,
              Character.UnicodeScript.HANGUL),
          EnumSet.of(
              Character.UnicodeScript.LATIN,
              Character.UnicodeScript.HAN,
              Character.UnicodeScript.BOPOMOFO));

  private Deceit() {}

  /** What is wrong and what to do, parted by a bar; empty where nothing is. */
  static Optional<String> in(String host) {
    if (host.codePoints().anyMatch(Deceit::isInvisible)) {
      return Optional.of(
          "has a character that nobody sees|Write the name again by hand, without it");
    }
    for (String label : host.split("\\.", -1)) {
      Set<Character.UnicodeScript> scripts = EnumSet.noneOf(Character.UnicodeScript.class);
      label.codePoints().mapToObj(Character.UnicodeScript::of).forEach(scripts::add);
      scripts.remove(Character.UnicodeScript.COMMON);
      scripts.remove(Character.UnicodeScript.INHERITED);
      if (scripts.size() > 1 && TOGETHER.stream().noneMatch(set -> set.containsAll(scripts))) {
        return Optional.of(
            "mixes the scripts %s in one label, so that it looks like another name|Write the name in one script"
                .formatted(scripts.toString().replaceAll("[\\[\\]]", "")));
      }
    }
    return Optional.empty();
  }

  static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.CONTROL
        || type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c);
  }
}
