package io.github.istioegress.reach;

import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The sum of a matrix: the holes first, then how many get out and by which way. */
final class ReachSummary {

  private static final int MOST = 3;

  private ReachSummary() {}

  static String of(ReachMatrix matrix) {
    StringBuilder text = new StringBuilder();
    List<String> assumed =
        matrix.callers().stream().filter(ReachCaller::isAssumed).map(ReachCaller::name).toList();
    if (!assumed.isEmpty()) {
      ReachText.lines(
          text,
          "assumed",
          List.of(
              "no manifest asks for a sidecar in these pods; without one only NetworkPolicies hold them",
              "  " + some(assumed)));
    }
    part(
        text,
        matrix,
        "hole",
        "can leave past the gateway, waypoint or forward proxy, to which only the pod's own proxy leads it",
        cell -> cell.leaves() && cell.isHole());
    part(
        text,
        matrix,
        "hole",
        "is refused, but gets out when the pod goes around its own proxy",
        cell -> !cell.leaves() && cell.isHole());
    part(
        text,
        matrix,
        "lent",
        "is refused, but a gateway lets the pod out when it calls the gateway by itself",
        ReachCell::isLent);
    part(
        text,
        matrix,
        "open",
        "leaves undeclared, or where no proxy sees it",
        cell -> cell.outcome() == Outcome.PASSTHROUGH);
    part(
        text,
        matrix,
        "direct",
        "leaves as declared, through no gateway, waypoint or forward proxy",
        cell ->
            cell.outcome() != Outcome.PASSTHROUGH
                && cell.way() == Way.DIRECT
                && cell.forwardProxy().isEmpty());
    part(
        text,
        matrix,
        "unknown",
        "cannot be told",
        cell ->
            cell.outcome() == Outcome.UNDETERMINED
                || cell.enforcement().holds() == Enforcement.Holds.UNDETERMINED);
    ReachText.lines(text, "result", List.of(sum(matrix)));
    return text.toString();
  }

  private static String sum(ReachMatrix matrix) {
    Map<String, Long> ways = new LinkedHashMap<>();
    for (Way way : Way.values()) {
      long count = matrix.cells().stream().filter(cell -> cell.way() == way).count();
      if (count > 0 && way != Way.NONE) {
        ways.put(way.text(), count);
      }
    }
    long leave = ways.values().stream().mapToLong(Long::longValue).sum();
    List<String> parts = new ArrayList<>();
    ways.forEach((way, count) -> parts.add(count + " " + way));
    return "%s by %s: %s of %s pairs leave%s"
        .formatted(
            counted(matrix.callers().size(), "caller"),
            counted(matrix.destinations().size(), "destination"),
            leave,
            matrix.cells().size(),
            parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static void part(
      StringBuilder text, ReachMatrix matrix, String lane, String words, Predicate<ReachCell> of) {
    Map<String, List<String>> byCaller = new LinkedHashMap<>();
    int pairs = 0;
    for (ReachCell cell : matrix.cells()) {
      if (of.test(cell)) {
        pairs++;
        byCaller
            .computeIfAbsent(cell.caller().name(), name -> new ArrayList<>())
            .add(cell.destination().name());
      }
    }
    if (pairs == 0) {
      return;
    }
    // Callers with the same destinations share a line.
    Map<List<String>, List<String>> byDestinations = new LinkedHashMap<>();
    byCaller.forEach(
        (caller, to) -> byDestinations.computeIfAbsent(to, key -> new ArrayList<>()).add(caller));
    List<String> lines = new ArrayList<>();
    byDestinations.forEach(
        (to, callers) -> lines.add("  %s to %s".formatted(some(callers), some(to))));
    ReachText.lines(text, lane, List.of("%s (%s)".formatted(words, counted(pairs, "pair"))));
    ReachText.lines(text, "", ReachText.shortened(lines));
  }

  private static String some(List<String> names) {
    return names.size() <= MOST
        ? String.join(", ", names)
        : "%s and %s more"
            .formatted(String.join(", ", names.subList(0, MOST)), names.size() - MOST);
  }
}
