package io.github.istioegress.page;

import io.github.istioegress.trace.Carried;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Stop;
import io.github.istioegress.trace.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stop on the tree of a call's ways: shares that pass the same proxy alike pass one node.
 *
 * @param depth 0 for the application, then one more for each stop
 * @param shares the shares that come here
 * @param next where they go on to; empty at an end
 */
record Node(int depth, List<Told> shares, List<Node> next) {

  /** The tree of a call's ways, from its application on. */
  static Node root(List<Told> shares) {
    return of(0, shares);
  }

  private static Node of(int depth, List<Told> shares) {
    Map<Object, List<Told>> groups = new LinkedHashMap<>();
    for (Told told : shares) {
      if (depth <= told.stops().size()) {
        groups.computeIfAbsent(key(depth, told), key -> new ArrayList<>()).add(told);
      }
    }
    return new Node(
        depth,
        List.copyOf(shares),
        groups.values().stream().map(group -> of(depth + 1, group)).toList());
  }

  /** Equal for shares that go on to the same; each end is one of its own. */
  private static Object key(int depth, Told told) {
    if (depth == told.stops().size()) {
      return told;
    }
    Stop stop = told.stops().get(depth);
    return List.of(
        stop.hop().proxy(),
        stop.hop().listener(),
        stop.hop().filter(),
        stop.hop().endsTls(),
        stop.hop().virtualHost(),
        stop.hop().route(),
        told.carried().get(depth));
  }

  Told first() {
    return shares.get(0);
  }

  /** The proxy; empty for the application and for an end. */
  Optional<Stop> stop() {
    return depth == 0 || isEnd() ? Optional.empty() : Optional.of(first().stops().get(depth - 1));
  }

  /** What the proxy does with each share; one where it does the same with all. */
  List<Stop> stops() {
    return shares.stream().map(told -> told.stops().get(depth - 1)).distinct().toList();
  }

  /** What travels here; nothing comes to the application. */
  Carried arriving() {
    return first().carried().get(depth - 1);
  }

  /** True where a way ends; the outside, if it leaves. */
  boolean isEnd() {
    return depth > first().stops().size();
  }

  Outcome outcome() {
    return first().branch().outcome();
  }

  Lane lane() {
    return depth == 0 ? Lane.APP : stop().map(stop -> Lane.of(stop.hop())).orElse(Lane.OUTSIDE);
  }

  /** The weight of all that comes here. */
  int weight() {
    return shares.stream().mapToInt(told -> told.branch().weight()).sum();
  }
}
