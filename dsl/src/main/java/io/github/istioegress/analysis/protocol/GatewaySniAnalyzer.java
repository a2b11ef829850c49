package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * EGR215 and EGR224: the SNI with which a sidecar begins TLS to the gateway is of no server there,
 * or a rule for the whole Service makes it that of another host.
 */
final class GatewaySniAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (GatewayHop hop : GatewayHop.of(context)) {
      boolean usual =
          hop.journey().leaves()
              && hop.applied()
                  .filter(tls -> !tls.sni().equals(hop.journey().call().host()))
                  .isEmpty();
      if (hop.begun().isPresent() && hop.applied().isPresent() && !usual) {
        String sni = hop.begun().get().sni();
        finding(hop, hop.applied().get(), sni)
            .map(finding -> finding.tracedAs(hop.journey().line()))
            .ifPresent(out);
      }
    }
  }

  private static Optional<Finding> finding(GatewayHop hop, ClientTls tls, String sni) {
    String host = hop.journey().call().host();
    List<OpenServer> ending = hop.servers().stream().filter(OpenServer::endsTls).toList();
    List<OpenServer> taking = ending.stream().filter(server -> server.takes(sni)).toList();
    if (taking.isEmpty()) {
      boolean refused =
          hop.journey().branch().outcome() == Outcome.BLOCKED
              && hop.endsAtGateway()
              && hop.isUnmatched();
      return refused && !ending.isEmpty()
          ? Optional.of(ofNoServer(tls, hop, ending, sni))
          : Optional.empty();
    }
    boolean ofOther =
        !tls.sni().isEmpty()
            && tls.subset().isEmpty()
            && !tls.sni().equals(host)
            && taking.stream().noneMatch(server -> server.takes(host));
    return ofOther && goesWrong(hop, sni)
        ? Optional.of(ofAnotherHost(tls, hop, taking.get(0)))
        : Optional.empty();
  }

  private static boolean goesWrong(GatewayHop hop, String sni) {
    Optional<Hop> last = hop.journey().last();
    return !hop.journey().leaves()
        || last.filter(one -> HostMatch.covered(one.host(), sni)).isPresent();
  }

  private static Finding ofNoServer(
      ClientTls tls, GatewayHop hop, List<OpenServer> servers, String sni) {
    TreeSet<String> names = new TreeSet<>();
    servers.forEach(server -> names.addAll(server.names()));
    return tls.rule()
        .finding(
            ProtocolCode.SNI_OF_NO_SERVER,
            tls.path() + (tls.sni().isEmpty() ? ".mode" : ".sni"),
            tls.rule().key(),
            sni,
            hop.sender().port(),
            hop.sender().host(),
            String.join(", ", names),
            tls.sni().isEmpty() ? "without sni, so that the SNI is " : "with sni ",
            hop.journey().call().host())
        .related(List.of(Manifest.subject(servers.get(0).gateway().key())));
  }

  private static Finding ofAnotherHost(ClientTls tls, GatewayHop hop, OpenServer server) {
    return tls.rule()
        .finding(
            ProtocolCode.SNI_OF_ANOTHER_HOST,
            tls.path() + ".sni",
            tls.rule().key(),
            tls.sni(),
            hop.sender().port(),
            hop.sender().host(),
            hop.journey().call().host())
        .related(List.of(Manifest.subject(server.gateway().key())));
  }
}
