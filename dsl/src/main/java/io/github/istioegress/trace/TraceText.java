package io.github.istioegress.trace;

import io.github.istioegress.resource.HostMatch;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Traces in words that somebody who is new to Istio understands. */
public final class TraceText {

  private static final int LANE = 16;

  private TraceText() {}

  /** The text of traces, one after the other; it ends with a newline. */
  public static String of(List<Trace> traces) {
    StringBuilder text = new StringBuilder();
    for (Trace trace : traces) {
      if (text.length() > 0) {
        text.append('\n');
      }
      text.append(of(trace));
    }
    return text.toString();
  }

  /** One line for a log: the call, how it ends, and by which way. */
  public static String line(Trace trace) {
    Call call = trace.call();
    String hops =
        trace.branches().get(0).hops().stream()
            .map(TraceText::passed)
            .map(" -> "::concat)
            .collect(Collectors.joining());
    String end = trace.outcome().leaves() ? " -> " + end(trace) : ": " + trace.detail();
    return "%s from %s %s (%s): app%s%s"
        .formatted(
            call.url(),
            call.from().namespace(),
            trace.outcome().words(),
            trace.way().text(),
            hops,
            end);
  }

  /** The host that was called, or another to which the last proxy sends what was meant for it. */
  private static String end(Trace trace) {
    Call call = trace.call();
    List<Hop> hops = trace.branches().get(0).hops();
    String host = hops.isEmpty() ? "" : hops.get(hops.size() - 1).host();
    boolean other =
        !host.isEmpty()
            && trace.outcome() == Outcome.EXTERNAL
            && !hops.get(hops.size() - 1).discovery().equals("ORIGINAL_DST")
            && !HostMatch.covered(call.host(), host);
    return other ? host + ":" + hops.get(hops.size() - 1).port() : call.host() + ":" + call.port();
  }

  private static String passed(Hop hop) {
    return hop.gateway() || hop.isWaypoint()
        ? Stop.proxy(hop) + " " + HopText.gatewayName(hop)
        : Stop.proxy(hop);
  }

  private static String of(Trace trace) {
    StringBuilder text = new StringBuilder();
    Call call = trace.call();
    lane(text, "call", (call.method().equals("GET") ? "" : call.method() + " ") + call.url());
    String labels = call.from().labels().isEmpty() ? "" : ", labels " + labels(call.from());
    String account = call.from().serviceAccount();
    labels += account.equals("default") ? "" : ", service account " + account;
    labels += call.from().hostNetwork() ? ", on its node's network" : "";
    lane(text, "from", "a pod of namespace " + call.from().namespace() + labels);
    int shares = trace.branches().size();
    for (Told told : Told.of(trace)) {
      text.append('\n');
      if (shares > 1) {
        share(text, told.branch());
      }
      branch(text, told);
    }
    text.append('\n');
    lane(
        text,
        "result",
        "the call %s (%s%s)"
            .formatted(
                trace.outcome().words(),
                trace.outcome(),
                trace.way() == Way.NONE ? "" : ", " + trace.way().text()));
    if (!trace.outcome().leaves()) {
      lane(text, "because", trace.detail());
    }
    if (!trace.remedy().isEmpty()) {
      lane(text, "remedy", trace.remedy());
    }
    for (String warning : trace.warnings()) {
      lane(text, "beware", warning);
    }
    return text.toString();
  }

  private static String labels(Caller caller) {
    return String.join(
        ", ",
        caller.labels().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  private static void share(StringBuilder text, Branch branch) {
    lane(
        text,
        "share",
        "weight %s: %s (%s)"
            .formatted(branch.weight(), branch.outcome().words(), branch.outcome()));
    if (!branch.outcome().leaves()) {
      lane(text, "because", branch.detail());
    }
  }

  private static void branch(StringBuilder text, Told told) {
    int number = 1;
    if (!told.naming().isEmpty()) {
      lane(text, number++ + " DNS", told.naming());
    }
    lane(text, number++ + " app", told.opening());
    for (Stop stop : told.stops()) {
      String lane = number++ + " " + stop.proxy();
      for (String line : stop.lines()) {
        lane(text, lane, line);
        lane = "";
      }
    }
    if (!told.outside().isEmpty()) {
      lane(text, number + " outside", told.outside());
    }
  }

  private static void lane(StringBuilder text, String lane, String words) {
    text.append(String.format(Locale.ROOT, "%-" + (LANE + 2) + "s", lane))
        .append(words)
        .append('\n');
  }
}
