package io.github.istioegress.layout;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.stream.Collectors;

/** Unified differences of two texts, bounded: a report is read by people. */
final class TextDiff {

  private static final int CONTEXT = 3;

  /** Above this many lines the search for the smallest difference takes too long. */
  private static final int LONGEST_TEXT = 5_000;

  private TextDiff() {}

  /**
   * The difference between two texts.
   *
   * @param lines how many lines are shown at most
   * @return lines that end in a newline; empty where the texts are equal
   */
  static String of(String path, String before, String after, int lines) {
    if (before.equals(after)) {
      return "";
    }
    List<String> old = lines(before);
    List<String> wanted = lines(after);
    if (Math.max(old.size(), wanted.size()) > LONGEST_TEXT) {
      return "--- a/%1$s%n+++ b/%1$s%n(%2$s lines before, %3$s after)%n"
          .formatted(path, old.size(), wanted.size())
          .replace("\r\n", "\n");
    }
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            before.isEmpty() ? "/dev/null" : "a/" + path,
            after.isEmpty() ? "/dev/null" : "b/" + path,
            old,
            DiffUtils.diff(old, wanted),
            CONTEXT);
    String shown =
        diff.stream().limit(lines).map(line -> line + "\n").collect(Collectors.joining());
    int more = diff.size() - lines;
    return more > 0 ? shown + "(" + more + " more lines)\n" : shown;
  }

  /** A carriage return is made visible, or two lines would look alike and differ. */
  private static List<String> lines(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> lines = List.of(text.replace("\r", "\\r").split("\n", -1));
    return text.endsWith("\n")
        ? lines.subList(0, lines.size() - 1)
        : java.util.stream.Stream.concat(
                lines.stream(), java.util.stream.Stream.of("\\ No newline at end of file"))
            .toList();
  }
}
