package io.github.istioegress.page;

import io.github.istioegress.page.Picture.Spot;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Carried;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Stop;
import java.util.List;
import java.util.Optional;

/**
 * What a stop is called, and what it does.
 *
 * @param kind what it is
 * @param namespace where it is; what it is, where it is in no namespace
 * @param name its name
 * @param does what it does
 */
record Words(String kind, String namespace, String name, String does) {

  static Words of(Call call, Spot spot) {
    Node node = spot.node();
    if (node.depth() == 0) {
      String labels = labels(call.from());
      return new Words(
          "app", call.from().namespace(), labels.isEmpty() ? "pod" : labels, asks(call));
    }
    Optional<Stop> stop = node.stop();
    if (stop.isPresent()) {
      String place = stop.get().name();
      int slash = place.indexOf('/');
      return new Words(
          stop.get().proxy(),
          slash < 0 ? place : place.substring(0, slash),
          slash < 0 ? stop.get().proxy() : place.substring(slash + 1),
          does(stop.get().hop()));
    }
    return new Words(
        "outside",
        "host",
        node.first().destination(call),
        node.outcome().leaves() ? onTheWire(node.arriving()) : "not reached");
  }

  /** Its name with the namespace, where it has both. */
  String fullName() {
    return switch (kind) {
      case "egress gateway", "waypoint" -> namespace + "/" + name;
      case "app" -> "pod of " + namespace;
      case "outside" -> name;
      default -> namespace;
    };
  }

  private static String asks(Call call) {
    return switch (call.scheme()) {
      case HTTP -> call.method() + " " + (call.path().isEmpty() ? "/" : call.path());
      case HTTPS -> "HTTPS of its own";
      case TLS -> "TLS of its own";
      case TCP -> "bytes";
    };
  }

  /** A pod's labels as they are written on a command line. */
  static String labels(Caller caller) {
    List<String> labels =
        caller.labels().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    return String.join(", ", labels);
  }

  /** What travels, and who added TLS to it, as two short lines; the second may be empty. */
  static List<String> carried(Carried carried) {
    String words = carried.words();
    int by = words.indexOf(" by the ");
    return by < 0
        ? List.of(words, "")
        : List.of(
            words.substring(0, by),
            "by " + words.substring(by + " by the ".length()).replace("egress ", ""));
  }

  private static String onTheWire(Carried carried) {
    return carried.outer().isPresent()
        ? "TLS on the wire"
        : carried.scheme() == Call.Scheme.TCP ? "bytes as they are" : "plain text on the wire";
  }

  private static String does(Hop hop) {
    if (hop.isZtunnel()) {
      return hop.host().isEmpty() ? "knows no service there" : "knows the service";
    }
    return (hop.endsTls() ? "ends TLS, " : "")
        + switch (hop.filter()) {
          case "http" -> "reads HTTP";
          case "tcp" -> "passes bytes on";
          default -> "has no filter chain";
        };
  }
}
