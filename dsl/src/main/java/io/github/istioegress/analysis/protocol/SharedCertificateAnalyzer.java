package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR220: two Gateways open servers of HTTPS on one port of the same pods, for other hosts and with
 * one certificate. A client of HTTP/2 uses its connection for both, and gets 404 for one.
 */
final class SharedCertificateAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, OpenServer> first = new HashMap<>();
    Set<ResourceKey> told = new HashSet<>();
    for (OpenServer server : OpenServer.of(context)) {
      String credential =
          server.server().getTls() == null
              ? ""
              : Objects.requireNonNullElse(server.server().getTls().getCredentialName(), "");
      if (credential.isEmpty() || !server.endsTls() || server.kind() != OpenServer.Kind.HTTP) {
        continue;
      }
      for (Workload pod : context.model().podsOf(server.gateway().key())) {
        OpenServer other =
            first.putIfAbsent(
                "%s/%s:%s %s".formatted(pod.namespace(), pod.name(), server.number(), credential),
                server);
        if (other != null
            && !other.gateway().key().equals(server.gateway().key())
            && !other.names().equals(server.names())
            && told.add(server.gateway().key())) {
          out.accept(
              server
                  .gateway()
                  .finding(
                      ProtocolCode.CERTIFICATE_SHARED,
                      server.path() + ".tls.credentialName",
                      server.gateway().key(),
                      credential,
                      server.number(),
                      other.gateway().key())
                  .related(List.of(Manifest.subject(other.gateway().key()))));
        }
      }
    }
  }
}
