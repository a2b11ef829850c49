package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.Carried;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR203 and, for two proxies, EGR217: a proxy begins TLS around what is TLS already, of the
 * application or of the sidecar, and sends both to a server that expects one. Where the rule is
 * there for requests that a route sends to the port, and no route is for TLS, it is only told.
 */
final class TlsLayersAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<ResourceKey, List<ClientTls>> byRule = ClientTls.byRule(context);
    if (byRule.isEmpty()) {
      return;
    }
    Set<String> plain = requestsTo(context);
    for (Journey journey : Journey.of(context)) {
      List<Carried.Layer> layers = journey.onTheWire().layers();
      if (journey.branch().outcome() == Outcome.EXTERNAL && layers.size() > 1) {
        Hop last = journey.hops().get(journey.hops().size() - 1);
        boolean here = last.upstreamTls().mode() != UpstreamTls.Mode.NONE;
        boolean twoProxies = !layers.get(layers.size() - 2).isApps();
        if (here) {
          ClientTls.appliedIn(last, byRule)
              .map(tls -> twoProxies ? twice(tls, last) : aroundTls(tls, last))
              .map(
                  finding ->
                      plain.contains(last.host() + ":" + last.port()) && !isRouted(journey)
                          ? finding.as(Severity.INFO)
                          : finding)
              .map(finding -> finding.tracedAs(journey.line()))
              .ifPresent(out);
        }
      }
    }
  }

  /** Hosts and ports to which routes of HTTP lead: a rule that begins TLS is there for them. */
  private static Set<String> requestsTo(AnalysisContext context) {
    Set<String> plain = new HashSet<>();
    context.legs().stream()
        .filter(leg -> leg.http().isPresent())
        .flatMap(leg -> leg.targets().stream())
        .forEach(target -> plain.add(target.host() + ":" + target.port()));
    return plain;
  }

  /** True where somebody has a route for what the application makes TLS itself. */
  private static boolean isRouted(Journey journey) {
    return journey.hops().stream()
        .flatMap(hop -> hop.decisions().stream())
        .anyMatch(one -> one.resource().kind().equals(ResourceKind.VIRTUAL_SERVICE.kind()));
  }

  private static Finding aroundTls(ClientTls tls, Hop last) {
    return tls.rule()
        .finding(
            ProtocolCode.TLS_WITHIN_TLS,
            tls.path() + ".mode",
            tls.rule().key(),
            tls.mode(),
            last.port(),
            last.host(),
            tls.port() == 0
                ? "Leave tls out, or say it with portLevelSettings for ports of plaintext only"
                : "Leave tls out for this port");
  }

  private static Finding twice(ClientTls tls, Hop last) {
    return tls.rule()
        .finding(
            ProtocolCode.TLS_BEGUN_TWICE,
            tls.path() + ".mode",
            tls.rule().key(),
            "has the gateway begin TLS to port %s of %s around what the sidecar made TLS before: the server expects one layer and ends the connection"
                .formatted(last.port(), last.host()),
            "Let one proxy begin TLS: the gateway, with a rule that only its namespace sees");
  }
}
