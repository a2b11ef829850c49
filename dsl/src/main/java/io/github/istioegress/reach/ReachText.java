package io.github.istioegress.reach;

import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.trace.Call.Scheme;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The matrix in words: a section for callers that are alike, and at the end the sum of it. */
public final class ReachText {

  private static final int LANE = 10;
  private static final int MOST_NAMES = 12;

  private ReachText() {}

  /** The text of a matrix; it ends with a newline. */
  public static String of(ReachMatrix matrix) {
    StringBuilder text = new StringBuilder();
    ReachGroup.of(matrix).forEach(group -> section(text, group));
    text.append(ReachSummary.of(matrix));
    return text.toString();
  }

  private static void section(StringBuilder text, ReachGroup group) {
    lines(text, "from", shortened(group.callers().stream().map(ReachCaller::name).toList()));
    lane(text, "", group.proxy());
    text.append('\n');
    for (ReachGroup.Verdict verdict : group.verdicts()) {
      lines(text, "to", shortened(verdict.destinations()));
      verdict.sentences().forEach(said -> lane(text, "", "  " + said));
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
            Stream.of("and %s more".formatted(names.size() - MOST_NAMES)))
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
