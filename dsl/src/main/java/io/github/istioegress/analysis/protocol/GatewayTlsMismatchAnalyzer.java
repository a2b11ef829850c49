package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.trace.Carried;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR214: the sidecar and the gateway's server do not agree on TLS between them. The server expects
 * it and the DestinationRule does not begin it there, or begins another, or it is the reverse.
 */
final class GatewayTlsMismatchAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (GatewayHop hop : GatewayHop.of(context)) {
      finding(hop).map(finding -> finding.tracedAs(hop.journey().line())).ifPresent(out);
    }
  }

  private static Optional<Finding> finding(GatewayHop hop) {
    Outcome outcome = hop.journey().branch().outcome();
    if (hop.journey().leaves() && !arrivesOutside(hop)) {
      return Optional.empty();
    }
    Optional<OpenServer> ending =
        hop.servers().stream()
            .filter(OpenServer::endsTls)
            .filter(server -> server.takes(hop.journey().call().host()))
            .findFirst();
    if (outcome == Outcome.TLS_MISMATCH && hop.endsAtGateway()) {
      if (ending.isPresent() && (hop.begun().isPresent() || hop.arriving().outer().isEmpty())) {
        return Optional.of(
            hop.begun().isEmpty() ? missing(hop, ending.get()) : other(hop, ending.get()));
      }
      return hop.begun().isPresent()
          ? Optional.of(other(hop, hop.servers().get(0)))
          : Optional.empty();
    }
    boolean none = hop.servers().stream().noneMatch(OpenServer::endsTls);
    boolean refused = outcome == Outcome.BLOCKED && hop.endsAtGateway() && hop.isUnmatched();
    return hop.begun().isPresent() && none && (refused || arrivesOutside(hop))
        ? Optional.of(other(hop, hop.servers().get(0)))
        : Optional.empty();
  }

  /** True where nobody ends the TLS of the mesh, so that the server outside gets it. */
  private static boolean arrivesOutside(GatewayHop hop) {
    List<Carried.Layer> layers = hop.journey().onTheWire().layers();
    return hop.journey().leaves()
        && hop.journey().hops().size() > 1
        && hop.begun().isPresent()
        && layers.contains(hop.begun().get())
        && hop.sender().upstreamTls().mode() == UpstreamTls.Mode.ISTIO_MUTUAL;
  }

  /** The server waits for TLS, and plain text comes. */
  private static Finding missing(GatewayHop hop, OpenServer server) {
    String why =
        hop.applied()
            .map(tls -> tls.rule().key() + " says " + tls.mode() + " there")
            .orElse("no DestinationRule that they see says tls for it");
    return server
        .gateway()
        .finding(
            ProtocolCode.GATEWAY_TLS_MISMATCH,
            server.path() + ".tls.mode",
            server.gateway().key(),
            server.number(),
            server.mode().map(Enum::name).orElse(""),
            "the sidecars send plain text to port %s of %s, for %s"
                .formatted(hop.sender().port(), hop.sender().host(), why),
            "Say tls ISTIO_MUTUAL with the host as sni in the DestinationRule for port %s of the gateway, or make the server a plaintext one"
                .formatted(hop.sender().port()))
        .related(rules(hop));
  }

  /** The sidecar begins TLS that the server does not take. */
  private static Finding other(GatewayHop hop, OpenServer server) {
    String expects = server.mode().map(Enum::name).orElse("no TLS");
    ClientTls tls = hop.applied().orElse(null);
    String said = hop.sender().upstreamTls().mode().name();
    String what = "the sidecars begin TLS of mode " + said;
    String remedy = "Make both agree: ISTIO_MUTUAL at both, or at none of them";
    Finding finding =
        tls == null
            ? server
                .gateway()
                .finding(
                    ProtocolCode.GATEWAY_TLS_MISMATCH,
                    server.path(),
                    server.gateway().key(),
                    server.number(),
                    expects,
                    what,
                    remedy)
            : tls.rule()
                .finding(
                    ProtocolCode.GATEWAY_TLS_MISMATCH,
                    tls.path() + ".mode",
                    server.gateway().key(),
                    server.number(),
                    expects,
                    "%s has %s".formatted(tls.rule().key(), what),
                    remedy);
    return finding.related(List.of(Manifest.subject(server.gateway().key())));
  }

  private static List<Subject> rules(GatewayHop hop) {
    return hop.applied().map(tls -> Manifest.subject(tls.rule().key())).stream().toList();
  }
}
