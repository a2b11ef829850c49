package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    String end =
        trace.outcome().leaves() ? " -> " + call.host() + ":" + call.port() : ": " + trace.detail();
    return "%s from %s %s (%s): app%s%s"
        .formatted(
            call.url(),
            call.from().namespace(),
            trace.outcome().words(),
            trace.way().text(),
            hops,
            end);
  }

  private static String passed(Hop hop) {
    return hop.gateway() || hop.isWaypoint()
        ? proxy(hop) + " " + HopText.gatewayName(hop)
        : proxy(hop);
  }

  private static String proxy(Hop hop) {
    if (hop.isZtunnel()) {
      return "ztunnel";
    }
    return hop.isWaypoint() ? "waypoint" : hop.gateway() ? "egress gateway" : "sidecar";
  }

  private static String of(Trace trace) {
    StringBuilder text = new StringBuilder();
    Call call = trace.call();
    lane(text, "call", (call.method().equals("GET") ? "" : call.method() + " ") + call.url());
    String labels = call.from().labels().isEmpty() ? "" : ", labels " + labels(call.from());
    String account = call.from().serviceAccount();
    labels += account.equals("default") ? "" : ", service account " + account;
    lane(text, "from", "a pod of namespace " + call.from().namespace() + labels);
    int shares = trace.branches().size();
    for (Branch branch : trace.branches()) {
      text.append('\n');
      if (shares > 1) {
        share(text, branch);
      }
      branch(text, trace, branch);
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
        "weight %d: %s (%s)"
            .formatted(branch.weight(), branch.outcome().words(), branch.outcome()));
    if (!branch.outcome().leaves()) {
      lane(text, "because", branch.detail());
    }
  }

  private static void branch(StringBuilder text, Trace trace, Branch branch) {
    Call call = trace.call();
    lane(
        text,
        "1 app",
        "opens a connection to %s:%d (%s); %s"
            .formatted(
                call.host(),
                call.port(),
                spoken(call),
                trace.bypass().orElse("the pod's packet rules hand it to " + firstProxy(branch))));
    int number = 2;
    UpstreamTls arriving = UpstreamTls.NONE;
    for (Hop hop : branch.hops()) {
      boolean last = number - 1 == branch.hops().size();
      Outcome end = last ? branch.outcome() : Outcome.EXTERNAL;
      hop(text, number++, hop, new HopText(hop, arriving, call, end));
      arriving = hop.upstreamTls();
    }
    if (branch.outcome().leaves()) {
      lane(text, number + " outside", outside(call, branch));
    }
  }

  private static String firstProxy(Branch branch) {
    return branch.hops().stream().findFirst().filter(Hop::isZtunnel).isPresent()
        ? "the ztunnel of its node"
        : "its sidecar";
  }

  private static String spoken(Call call) {
    return switch (call.scheme()) {
      case HTTP -> "plaintext HTTP";
      case HTTPS -> "HTTP over TLS of its own";
      case TLS -> "TLS of its own";
      case TCP -> "bytes";
    };
  }

  private static void hop(StringBuilder text, int number, Hop hop, HopText words) {
    String lane = number + " " + proxy(hop);
    for (String line : words.lines()) {
      lane(text, lane, line);
      lane = "";
    }
  }

  private static String outside(Call call, Branch branch) {
    Optional<Hop> last = branch.hops().stream().reduce((one, next) -> next);
    boolean wrapped =
        last.map(hop -> hop.upstreamTls().mode() != UpstreamTls.Mode.NONE).orElse(false);
    String wire =
        wrapped || call.scheme().isTls()
            ? "TLS on the wire"
            : call.scheme() == Call.Scheme.HTTP
                ? "plain text on the wire"
                : "the application's bytes on the wire";
    boolean asDialled =
        branch.outcome() == Outcome.PASSTHROUGH
            || last.map(hop -> hop.discovery().equals("ORIGINAL_DST")).orElse(true);
    String where = asDialled ? call.host() + ":" + call.port() : branch.destination();
    return where + ", " + wire;
  }

  private static void lane(StringBuilder text, String lane, String words) {
    text.append(String.format(Locale.ROOT, "%-" + (LANE + 2) + "s", lane))
        .append(words)
        .append('\n');
  }
}
