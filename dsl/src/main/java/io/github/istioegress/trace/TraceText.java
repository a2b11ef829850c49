package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.List;
import java.util.Locale;

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
        String.join(
            " -> ",
            trace.branches().get(0).hops().stream()
                .map(hop -> hop.gateway() ? "egress gateway " + gatewayName(hop) : "sidecar")
                .toList());
    String end =
        trace.outcome().leaves() ? " -> " + call.host() + ":" + call.port() : ": " + trace.detail();
    return "%s from %s %s (%s): app -> %s%s"
        .formatted(
            call.url(),
            call.from().namespace(),
            trace.outcome().words(),
            trace.way().text(),
            hops,
            end);
  }

  private static String of(Trace trace) {
    StringBuilder text = new StringBuilder();
    Call call = trace.call();
    lane(text, "call", call.url());
    String labels = call.from().labels().isEmpty() ? "" : " with labels " + call.from().labels();
    lane(text, "from", "a pod of namespace " + call.from().namespace() + labels);
    int shares = trace.branches().size();
    for (Branch branch : trace.branches()) {
      text.append('\n');
      if (shares > 1) {
        lane(text, "share", branch.weight() + " of the weights");
      }
      branch(text, call, branch);
    }
    text.append('\n');
    lane(
        text,
        "result",
        "the call %s (%s, %s)"
            .formatted(trace.outcome().words(), trace.outcome(), trace.way().text()));
    if (!trace.outcome().leaves()) {
      lane(text, "because", trace.detail());
    }
    if (!trace.remedy().isEmpty()) {
      lane(text, "remedy", trace.remedy());
    }
    return text.toString();
  }

  private static void branch(StringBuilder text, Call call, Branch branch) {
    lane(
        text,
        "1 app",
        "opens a connection to %s:%d (%s); the pod's packet rules hand it to its sidecar"
            .formatted(call.host(), call.port(), spoken(call)));
    int number = 2;
    for (Hop hop : branch.hops()) {
      hop(text, number++, call, hop);
    }
    if (branch.outcome().leaves()) {
      Hop last = branch.hops().get(branch.hops().size() - 1);
      lane(text, number + " outside", outside(call, last));
    }
  }

  private static String spoken(Call call) {
    return switch (call.scheme()) {
      case HTTP -> "plaintext HTTP";
      case HTTPS -> "HTTP over TLS of its own";
      case TLS -> "TLS of its own";
      case TCP -> "bytes";
    };
  }

  private static void hop(StringBuilder text, int number, Call call, Hop hop) {
    lane(text, number + (hop.gateway() ? " egress gateway" : " sidecar"), taken(hop));
    if (!hop.cluster().isEmpty()) {
      lane(text, "", "sends it to cluster " + hop.cluster() + reached(hop));
      lane(text, "", tls(hop.upstreamTls(), call));
    }
    for (var decision : hop.decisions()) {
      lane(
          text,
          "",
          "decided by " + decision + decision.place().map(place -> "  " + place).orElse(""));
    }
    lane(text, "", "look: " + command(hop));
  }

  private static String taken(Hop hop) {
    String who = hop.gateway() ? gatewayName(hop) + ": " : "";
    String listener = who + "listener " + hop.listener();
    return switch (hop.filter()) {
      case "http" ->
          hop.virtualHost().isEmpty()
              ? listener + " reads HTTP"
              : listener
                  + " reads HTTP, virtual host "
                  + hop.virtualHost()
                  + " has the route"
                  + (hop.route().isEmpty() ? "" : " " + hop.route());
      case "tcp" -> listener + " passes the bytes on unread";
      default -> listener + " has no filter chain for it";
    };
  }

  private static String reached(Hop hop) {
    return switch (hop.discovery()) {
      case "" -> ", which it does not have";
      case "EDS" -> ", whose pods istiod names (EDS)";
      case "STRICT_DNS", "LOGICAL_DNS" -> ", which it looks up in DNS (" + hop.discovery() + ")";
      case "ORIGINAL_DST" -> ", the address that was dialled (ORIGINAL_DST)";
      default -> " (" + hop.discovery() + ")";
    };
  }

  private static String tls(UpstreamTls tls, Call call) {
    if (tls.mode() == UpstreamTls.Mode.NONE) {
      return call.scheme().isTls()
          ? "adds no TLS: the application's own goes through unopened"
          : "adds no TLS: the bytes go on in plain text";
    }
    String sni = tls.sni().isEmpty() ? "" : ", SNI " + tls.sni();
    return "wraps it in TLS (%s%s)".formatted(tls.mode(), sni);
  }

  private static String outside(Call call, Hop last) {
    String wire =
        last.upstreamTls().mode() != UpstreamTls.Mode.NONE || call.scheme().isTls()
            ? "TLS"
            : "plain text";
    String host = last.host().isEmpty() ? call.host() : last.host();
    int port = last.port() == 0 ? call.port() : last.port();
    return "%s:%d, %s on the wire".formatted(host, port, wire);
  }

  private static String gatewayName(Hop hop) {
    return hop.proxy().substring("gateway ".length());
  }

  private static String command(Hop hop) {
    String port = hop.listener().substring(hop.listener().lastIndexOf('_') + 1);
    if (hop.gateway()) {
      String[] key = gatewayName(hop).split("/", 2);
      String what = hop.filter().equals("http") ? "routes" : "listeners";
      return "istioctl proxy-config %s deploy/%s -n %s".formatted(what, key[1], key[0]);
    }
    String namespace = hop.proxy().substring("sidecar ".length());
    boolean named = port.chars().allMatch(Character::isDigit);
    String what =
        hop.filter().equals("http")
            ? "routes POD --name " + port
            : named ? "listeners POD --port " + port : "listeners POD";
    return "istioctl proxy-config %s -n %s".formatted(what, namespace);
  }

  private static void lane(StringBuilder text, String lane, String words) {
    text.append(String.format(Locale.ROOT, "%-" + (LANE + 2) + "s", lane))
        .append(words)
        .append('\n');
  }
}
