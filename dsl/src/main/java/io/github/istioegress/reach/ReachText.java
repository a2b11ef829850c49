package io.github.istioegress.reach;

import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.trace.Call.Scheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The matrix in words: a section for callers that are alike, and at the end the sum of it. */
public final class ReachText {

  private static final int LANE = 10;
  private static final int MOST_NAMES = 12;
  private static final String OWN = "(own namespace)";

  private ReachText() {}

  /** The text of a matrix; it ends with a newline. */
  public static String of(ReachMatrix matrix) {
    Map<List<Verdict>, List<ReachCaller>> sections = new LinkedHashMap<>();
    int columns = matrix.destinations().size();
    for (int row = 0; row < matrix.callers().size(); row++) {
      List<ReachCell> cells = matrix.cells().subList(row * columns, (row + 1) * columns);
      sections
          .computeIfAbsent(verdicts(cells), key -> new ArrayList<>())
          .add(matrix.callers().get(row));
    }
    StringBuilder text = new StringBuilder();
    sections.forEach((verdicts, callers) -> section(text, verdicts, callers));
    text.append(ReachSummary.of(matrix));
    return text.toString();
  }

  /** What holds of some destinations: sentences, and the columns that they hold of. */
  private record Verdict(String proxy, List<String> sentences, List<String> destinations) {}

  private static List<Verdict> verdicts(List<ReachCell> cells) {
    Map<List<String>, List<String>> bySentences = new LinkedHashMap<>();
    for (ReachCell cell : cells) {
      CellWords words = new CellWords(cell);
      List<String> sentences =
          Stream.of(words.outcome(), words.hold()).filter(said -> !said.isEmpty()).toList();
      bySentences
          .computeIfAbsent(sentences, key -> new ArrayList<>())
          .add(name(cell.destination()));
    }
    CellWords any = new CellWords(cells.get(0));
    String proxy = any.homely(proxy(cells.get(0).caller()));
    List<Verdict> verdicts = new ArrayList<>();
    bySentences.forEach((said, names) -> verdicts.add(new Verdict(proxy, said, names)));
    return verdicts;
  }

  private static String proxy(ReachCaller caller) {
    if (!caller.note().isEmpty()) {
      return caller.note();
    }
    return switch (caller.proxy()) {
      case SIDECAR -> "its sidecar takes its calls";
      case ZTUNNEL -> "the ztunnel of its node takes its calls";
      case NONE -> "no proxy takes its calls";
    };
  }

  private static void section(
      StringBuilder text, List<Verdict> verdicts, List<ReachCaller> callers) {
    boolean one = callers.stream().map(row -> row.pod().namespace()).distinct().count() == 1;
    String home = one ? callers.get(0).pod().namespace() : OWN;
    List<String> names = new ArrayList<>();
    shortened(callers.stream().map(ReachCaller::name).toList()).forEach(names::add);
    lines(text, "from", names);
    lane(text, "", verdicts.get(0).proxy().replace(CellWords.HOME, home));
    text.append('\n');
    for (Verdict verdict : verdicts) {
      lines(text, "to", shortened(verdict.destinations()));
      verdict
          .sentences()
          .forEach(said -> lane(text, "", "  " + said.replace(CellWords.HOME, home)));
    }
    text.append('\n');
  }

  /** A destination with what a reader has to know of it. */
  static String name(ReachDestination destination) {
    boolean address = destination.call().scheme() == Scheme.TCP;
    String note =
        destination.origin() == Origin.UNDECLARED
            ? " (a host that nothing declares)"
            : destination.isWildcard()
                ? " (for %s)".formatted(destination.host())
                : address && !destination.name().contains(destination.host())
                    ? " (%s)".formatted(destination.host())
                    : destination.origin() == Origin.ROUTED ? " (only a route names it)" : "";
    return destination.name() + note;
  }

  /** The first of many, and how many more there are. */
  static List<String> shortened(List<String> names) {
    if (names.size() <= MOST_NAMES) {
      return names;
    }
    return Stream.concat(
            names.stream().limit(MOST_NAMES),
            Stream.of("and %d more".formatted(names.size() - MOST_NAMES)))
        .toList();
  }

  static void lines(StringBuilder text, String lane, List<String> lines) {
    String head = lane;
    for (String line : lines) {
      lane(text, head, line);
      head = "";
    }
  }

  private static void lane(StringBuilder text, String lane, String words) {
    text.append(String.format(Locale.ROOT, "%-" + LANE + "s", lane)).append(words).append('\n');
  }
}
