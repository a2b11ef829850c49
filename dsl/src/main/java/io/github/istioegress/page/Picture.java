package io.github.istioegress.page;

import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Told;
import io.github.istioegress.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways of a call as stops on lanes and lines between them.
 *
 * @param call the call
 * @param spots the stops, numbered from 1 in the order in which the ways pass them
 * @param lines the lines between them
 * @param rows how many rows the ways take
 */
record Picture(Call call, List<Spot> spots, List<Line> lines, int rows) {

  /**
   * A stop in its place.
   *
   * @param number its number, from 1
   * @param node the stop
   * @param row its row, from 0
   */
  record Spot(int number, Node node, int row) {}

  /**
   * A line from stop to stop.
   *
   * @param from where it begins
   * @param to where it ends
   * @param share the part of the calls that go this way; empty where all do
   */
  record Line(Spot from, Spot to, String share) {}

  static Picture of(Trace trace) {
    Drawing drawing = new Drawing(trace.branches().stream().mapToInt(b -> b.weight()).sum());
    int last = drawing.place(Node.root(Told.of(trace)), 0);
    return new Picture(
        trace.call(), List.copyOf(drawing.spots), List.copyOf(drawing.lines), last + 1);
  }

  /** What the lane is called in this picture. */
  String title(Lane lane) {
    boolean ambient = spots.stream().anyMatch(spot -> is(spot, "ztunnel"));
    return switch (lane) {
      case APP -> "app";
      case BESIDE -> ambient ? "ztunnel" : "sidecar";
      case BETWEEN -> between(ambient);
      case OUTSIDE -> "outside";
    };
  }

  private String between(boolean ambient) {
    boolean waypoint = spots.stream().anyMatch(spot -> is(spot, "waypoint"));
    boolean gateway = spots.stream().anyMatch(spot -> is(spot, "egress gateway"));
    if (waypoint && gateway) {
      return "waypoint, egress gateway";
    }
    return waypoint || (ambient && !gateway) ? "waypoint" : "egress gateway";
  }

  private static boolean is(Spot spot, String proxy) {
    return spot.node().stop().filter(stop -> stop.proxy().equals(proxy)).isPresent();
  }

  /** True where some way stops on the lane. */
  boolean uses(Lane lane) {
    return spots.stream()
        .anyMatch(
            spot ->
                spot.node().lane() == lane
                    && (lane != Lane.OUTSIDE || spot.node().outcome().leaves()));
  }

  /** A picture while its stops are being placed. */
  private static final class Drawing {

    private final int total;
    private final List<Spot> spots = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    Drawing(int total) {
      this.total = total;
    }

    /** Places a node and all behind it; the first way goes on in its row. Says the last row. */
    int place(Node node, int row) {
      Spot spot = new Spot(spots.size() + 1, node, row);
      spots.add(spot);
      int last = row - 1;
      for (Node next : node.next()) {
        boolean onward = next.lane().compareTo(node.lane()) > 0;
        int start = Math.max(last + 1, onward ? row : row + 1);
        int index = spots.size();
        last = place(next, start);
        String share = node.next().size() > 1 ? share(next.weight()) : "";
        lines.add(new Line(spot, spots.get(index), share));
      }
      return Math.max(row, last);
    }

    /** Weights are shown as written: they need not sum to 100. */
    private String share(int weight) {
      return total == 100 ? weight + " %" : weight + "/" + total;
    }
  }
}
