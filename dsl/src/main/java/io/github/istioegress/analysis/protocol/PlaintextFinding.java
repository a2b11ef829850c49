package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says of plain HTTP to a port of TLS who sends it there. */
final class PlaintextFinding {

  private static final int HTTPS = 443;

  private PlaintextFinding() {}

  /** A sidecar has no credentials, and leaves out TLS that needs one. */
  static Optional<Finding> droppedIn(Hop hop, Map<ResourceKey, List<ClientTls>> byRule) {
    return ClientTls.appliedIn(hop, byRule)
        .filter(ClientTls::originates)
        .map(
            tls ->
                finding(
                    tls.rule()
                        .finding(
                            ProtocolCode.PLAINTEXT_TO_TLS_PORT,
                            tls.path()
                                + (tls.credentialName().isEmpty() ? ".mode" : ".credentialName"),
                            tls.rule().key(),
                            "begins TLS with a certificate that "
                                + hop.proxy()
                                + " cannot have, so that it sends plain text",
                            hop.port(),
                            hop.host(),
                            tls.credentialName().isEmpty()
                                ? "Name clientCertificate and privateKey, or a credentialName at a gateway"
                                : "Begin TLS at the gateway, or say with workloadSelector for which pods the rule is"),
                    hop));
  }

  static Optional<Finding> routed(Hop hop, Map<String, Leg> legs, ServicePort port) {
    for (Decision decision : hop.decisions()) {
      Leg leg = legs.get(decision.resource() + " " + decision.path());
      if (leg == null) {
        continue;
      }
      for (Leg.Target target : leg.targets()) {
        if (target.host().equals(hop.host()) && !target.mirror()) {
          String path = target.path() + (target.port() == 0 ? ".host" : ".port");
          return Optional.of(
              finding(
                  leg.finding(
                      ProtocolCode.PLAINTEXT_TO_TLS_PORT,
                      path,
                      leg.resource().key(),
                      "sends plain HTTP",
                      hop.port(),
                      hop.host(),
                      remedy(hop, port)),
                  hop));
        }
      }
    }
    return Optional.empty();
  }

  /** An entry that says HTTP for the port of TLS itself is told by EGR209. */
  static Optional<Finding> declared(RegistryService service, Hop hop, ServicePort port) {
    if (port.number() == HTTPS || port.protocol().isTls()) {
      return Optional.empty();
    }
    List<Integer> numbers =
        new ArrayList<>(service.ports().stream().map(ServicePort::number).toList());
    String path = "spec.ports[" + numbers.indexOf(port.number()) + "].targetPort";
    return Optional.of(
        finding(
            Manifest.finding(
                service.source(),
                ProtocolCode.PLAINTEXT_TO_TLS_PORT,
                path,
                service.source().key(),
                "sends plain HTTP",
                port.targetPort(),
                hop.host(),
                remedy(hop, port)),
            hop));
  }

  private static String remedy(Hop hop, ServicePort port) {
    return "Begin TLS with a DestinationRule for %s, port %s, that %s sees"
        .formatted(hop.host(), port.number(), hop.gateway() ? "the gateway" : "the sidecar");
  }

  private static Finding finding(Finding finding, Hop hop) {
    return finding.related(
        hop.decisions().stream()
            .map(Decision::resource)
            .filter(key -> key.kind().equals(ResourceKind.SERVICE_ENTRY.kind()))
            .map(Manifest::subject)
            .distinct()
            .toList());
  }
}
