package io.github.istioegress.page;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Labels of Mermaid, in quotes: whatever stands in one stays text. */
final class Label {

  /** Beside letters, digits and the space, what means nothing to Mermaid or its Markdown. */
  private static final String PLAIN = "-_./,()'?@";

  /** What begins an item of a list in Markdown. */
  private static final Pattern LIST = Pattern.compile("\\d*[-.)](?= |$)");

  private Label() {}

  /** A label of lines; empty ones are left out. */
  static String of(String... lines) {
    return Arrays.stream(lines)
        .filter(line -> !line.isEmpty())
        .map(Label::line)
        .collect(Collectors.joining("<br/>", "\"", "\""));
  }

  private static String line(String text) {
    String visible = Visible.of(text);
    // A colon is plain alone: Mermaid reads "style" and ":" before an entity as a rule of style.
    boolean colon = visible.codePoints().allMatch(point -> point == ':' || isPlain(point));
    Matcher list = LIST.matcher(visible);
    int marker = list.lookingAt() ? list.end() - 1 : -1;
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < visible.length(); i = visible.offsetByCodePoints(i, 1)) {
      int point = visible.codePointAt(i);
      if ((isPlain(point) || (colon && point == ':')) && i != marker) {
        line.appendCodePoint(point);
      } else {
        line.append('#').append(point).append(';');
      }
    }
    return line.toString();
  }

  private static boolean isPlain(int point) {
    return Character.isLetterOrDigit(point) || point == ' ' || PLAIN.indexOf(point) >= 0;
  }
}
