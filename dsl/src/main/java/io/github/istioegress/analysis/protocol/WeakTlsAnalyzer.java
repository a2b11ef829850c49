package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSProtocol;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** EGR219: a server takes TLS that is broken, or names ciphers that Envoy does not have. */
final class WeakTlsAnalyzer implements Analyzer {

  private static final Set<ServerTLSSettingsTLSProtocol> BROKEN =
      Set.of(ServerTLSSettingsTLSProtocol.TLSV1_0, ServerTLSSettingsTLSProtocol.TLSV1_1);

  /** The suites of TLS 1.2 and before that Istio takes; those of 1.3 cannot be chosen. */
  private static final Set<String> CIPHERS =
      Set.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384",
          "ECDHE-ECDSA-CHACHA20-POLY1305",
          "ECDHE-RSA-CHACHA20-POLY1305",
          "ECDHE-ECDSA-AES128-SHA",
          "ECDHE-RSA-AES128-SHA",
          "ECDHE-ECDSA-AES256-SHA",
          "ECDHE-RSA-AES256-SHA",
          "AES128-GCM-SHA256",
          "AES256-GCM-SHA384",
          "AES128-SHA",
          "AES256-SHA",
          "DES-CBC3-SHA");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (OpenServer server : OpenServer.of(context)) {
      ServerTLSSettings tls = server.server().getTls();
      if (tls == null || !server.endsTls()) {
        continue;
      }
      version(server, "minProtocolVersion", tls.getMinProtocolVersion(), out);
      version(server, "maxProtocolVersion", tls.getMaxProtocolVersion(), out);
      List<String> suites = tls.getCipherSuites();
      for (int i = 0; i < suites.size(); i++) {
        // Suites of equal rank are written [one|other].
        boolean known =
            Arrays.stream(suites.get(i).replaceAll("[\\[\\]]", "").split("\\|", -1))
                .allMatch(CIPHERS::contains);
        if (!known) {
          out.accept(
              finding(
                  server,
                  ".tls.cipherSuites[" + i + "]",
                  "the cipher suite " + suites.get(i),
                  "Envoy has none of this name, and Istio leaves it out",
                  "Name suites of BoringSSL, such as ECDHE-RSA-AES256-GCM-SHA384; those of TLS 1.3 are always on"));
        }
      }
    }
  }

  private static void version(
      OpenServer server,
      String field,
      @Nullable ServerTLSSettingsTLSProtocol said,
      Consumer<Finding> out) {
    if (said != null && BROKEN.contains(said)) {
      out.accept(
          finding(
              server,
              ".tls." + field,
              field + " " + said,
              "TLS before 1.2 is broken, and clients of today refuse it",
              "Write TLSV1_2, or leave it out"));
    }
  }

  private static Finding finding(
      OpenServer server, String field, String what, String why, String remedy) {
    return server
        .gateway()
        .finding(
            ProtocolCode.WEAK_TLS,
            server.path() + field,
            server.gateway().key(),
            server.number(),
            what,
            why,
            remedy);
  }
}
