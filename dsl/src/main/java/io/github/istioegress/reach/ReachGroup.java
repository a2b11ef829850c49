package io.github.istioegress.reach;

import io.github.istioegress.trace.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Callers of whom the same is to be said.
 *
 * @param callers they, in order
 * @param proxy what takes their calls, in words
 * @param verdicts what is to be said, in order of the first destination of each
 */
public record ReachGroup(List<ReachCaller> callers, String proxy, List<Verdict> verdicts) {

  private static final String OWN = "(own namespace)";

  /** Freezes the lists. */
  public ReachGroup {
    callers = List.copyOf(callers);
    verdicts = List.copyOf(verdicts);
  }

  /**
   * What holds of some destinations.
   *
   * @param outcome how calls to them end
   * @param sentences the same in words, and what holds the callers to it
   * @param destinations the destinations, in words
   */
  public record Verdict(Outcome outcome, List<String> sentences, List<String> destinations) {}

  /** A row before it is known who shares it. */
  private record Row(String proxy, List<Verdict> verdicts) {}

  /** The callers of a matrix, those of whom the same is to be said together. */
  public static List<ReachGroup> of(ReachMatrix matrix) {
    Map<Row, List<ReachCaller>> rows = new LinkedHashMap<>();
    int columns = matrix.destinations().size();
    for (int row = 0; row < matrix.callers().size(); row++) {
      List<ReachCell> cells = matrix.cells().subList(row * columns, (row + 1) * columns);
      rows.computeIfAbsent(row(cells), key -> new ArrayList<>()).add(matrix.callers().get(row));
    }
    List<ReachGroup> groups = new ArrayList<>();
    rows.forEach((row, callers) -> groups.add(group(row, callers)));
    return groups;
  }

  private static ReachGroup group(Row row, List<ReachCaller> callers) {
    boolean one = callers.stream().map(c -> c.pod().namespace()).distinct().count() == 1;
    String home = one ? callers.get(0).pod().namespace() : OWN;
    return new ReachGroup(
        callers,
        row.proxy().replace(CellWords.HOME, home),
        row.verdicts().stream()
            .map(
                verdict ->
                    new Verdict(
                        verdict.outcome(),
                        verdict.sentences().stream()
                            .map(said -> said.replace(CellWords.HOME, home))
                            .toList(),
                        verdict.destinations()))
            .toList());
  }

  private static Row row(List<ReachCell> cells) {
    record Key(Outcome outcome, List<String> sentences) {}
    Map<Key, List<String>> bySentences = new LinkedHashMap<>();
    for (ReachCell cell : cells) {
      CellWords words = new CellWords(cell);
      List<String> sentences =
          Stream.of(words.outcome(), words.hold()).filter(said -> !said.isEmpty()).toList();
      bySentences
          .computeIfAbsent(new Key(cell.outcome(), sentences), key -> new ArrayList<>())
          .add(ReachText.name(cell.destination()));
    }
    List<Verdict> verdicts = new ArrayList<>();
    bySentences.forEach(
        (key, names) -> verdicts.add(new Verdict(key.outcome(), key.sentences(), names)));
    ReachCell any = cells.get(0);
    return new Row(new CellWords(any).homely(proxy(any.caller())), verdicts);
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
}
