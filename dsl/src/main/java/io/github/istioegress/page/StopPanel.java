package io.github.istioegress.page;

import io.github.istioegress.page.Picture.Spot;
import io.github.istioegress.resource.SourcePlace;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Carried;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Reason;
import io.github.istioegress.trace.Stop;
import io.github.istioegress.trace.Told;
import io.github.istioegress.trace.envoy.ClusterName;
import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.List;
import java.util.stream.Stream;

/** What stands behind a stop: what it does, the names that Envoy knows, the lines that decided. */
final class StopPanel {

  private final Markup html;
  private final Call call;

  StopPanel(Markup html, Call call) {
    this.html = html;
    this.call = call;
  }

  void write(Spot spot, String id, boolean open) {
    Node node = spot.node();
    Words words = Words.of(call, spot);
    String[] closed = {"class", "stop", "id", id + "s" + spot.number()};
    String[] opened = {"class", "stop", "id", id + "s" + spot.number(), "open", ""};
    html.line().open("details", open ? opened : closed).open("summary");
    html.leaf("span", String.valueOf(spot.number()), "class", "number");
    html.leaf("span", words.kind(), "class", "kind").text(" ");
    html.leaf("span", words.fullName(), "class", "name").text(" ");
    html.leaf("span", words.does(), "class", "does").close();
    html.open("div", "class", "behind");
    if (node.depth() == 0) {
      app(node.first());
    } else if (node.isEnd()) {
      facts(List.of(node.first().outside()));
    } else {
      node.stops().forEach(stop -> stop(node, stop));
    }
    html.close().close();
  }

  private void app(Told told) {
    facts(Stream.of(told.naming(), told.opening()).filter(said -> !said.isEmpty()).toList());
    html.open("dl", "class", "names");
    name("Namespace", call.from().namespace());
    name("Labels", Words.labels(call.from()));
    name("Service account", call.from().serviceAccount());
    name("Method", call.scheme() == Call.Scheme.HTTP ? call.method() : "");
    name("Path", call.path());
    name("Address", call.address());
    name("SNI", call.sni());
    call.headers().forEach((key, value) -> name("Header " + key, value));
    html.close();
  }

  private void stop(Node node, Stop stop) {
    Told told =
        node.shares().stream()
            .filter(share -> share.stops().get(node.depth() - 1).equals(stop))
            .findFirst()
            .orElseThrow();
    if (node.stops().size() > 1) {
      int weight =
          node.shares().stream()
              .filter(share -> share.stops().get(node.depth() - 1).equals(stop))
              .mapToInt(share -> share.branch().weight())
              .sum();
      html.leaf("h4", "Share of weight " + weight, "class", "sharing");
    }
    html.open("div", "class", "columns").open("div");
    facts(stop.facts());
    reasons(stop.reasons());
    html.close().open("dl", "class", "names");
    names(stop.hop(), told, node.depth());
    html.close().close();
    html.open("p", "class", "look").text("In a running mesh: ");
    html.leaf("code", stop.command()).close();
  }

  private void facts(List<String> facts) {
    html.open("ul", "class", "facts");
    facts.forEach(fact -> html.leaf("li", fact));
    html.close();
  }

  private void reasons(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    html.open("ul", "class", "reasons");
    for (Reason reason : reasons) {
      html.line().open("li").leaf("span", reason.why(), "class", "why").text(" ");
      html.open("span", "class", "resource").leaf("b", reason.decision().resource().kind());
      html.text(reason.decision().resource().toString().replaceFirst("^\\S+", "")).close();
      html.text(" ").leaf("code", reason.decision().path()).text(" ");
      html.leaf("span", place(reason), "class", "place").close();
    }
    html.close();
  }

  private static String place(Reason reason) {
    return reason.decision().told()
        ? "in no manifest: from the installation or a calls file, or assumed"
        : reason.decision().place().map(SourcePlace::toString).orElse("");
  }

  private void names(Hop hop, Told told, int depth) {
    name("Listener", hop.listener());
    name("Filter", hop.filter());
    name("Virtual host", hop.virtualHost());
    name("Route", hop.route());
    name("Cluster", hop.cluster());
    name("Discovery", hop.discovery());
    Carried in = told.carried().get(depth - 1);
    name(
        "TLS in",
        in.outer().map(tls -> said(tls) + (hop.endsTls() ? ", ends here" : "")).orElse("none"));
    boolean goesOn = depth < told.stops().size() || told.branch().outcome().leaves();
    boolean sends = !hop.discovery().isEmpty() && !hop.cluster().equals(ClusterName.BLACK_HOLE);
    if (goesOn || sends) {
      name("TLS out", told.carried().get(depth).outer().map(StopPanel::said).orElse("none"));
    }
    UpstreamTls tls = hop.upstreamTls();
    name("SANs", String.join(", ", tls.sans()));
    name("Trusts", tls.ca());
    name("Shows", tls.clientCert());
    name("Timeout", hop.timeout());
    name("Retries", hop.retries().map(String::valueOf).orElse(""));
    name("Host sent", hop.authority());
    name("Tunnel to", hop.tunnel());
    name("Fails over to", String.join(", ", hop.failover()));
  }

  private static String said(Carried.Layer tls) {
    String who = "by the " + tls.by();
    String mode = tls.isTunnel() ? "HBONE" : tls.isApps() ? "the app's own" : tls.mode().name();
    return (tls.isApps() ? mode : mode + " " + who)
        + (tls.sni().isEmpty() ? "" : ", SNI " + tls.sni());
  }

  private void name(String what, String value) {
    if (!value.isEmpty()) {
      html.open("div").leaf("dt", what).leaf("dd", value).close();
    }
  }
}
