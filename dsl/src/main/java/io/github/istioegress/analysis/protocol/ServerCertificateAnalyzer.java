package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** EGR202: a server ends TLS and has no certificate for it. */
final class ServerCertificateAnalyzer implements Analyzer {

  private static final Set<ServerTLSSettingsTLSmode> OWN_CERTIFICATE =
      Set.of(
          ServerTLSSettingsTLSmode.SIMPLE,
          ServerTLSSettingsTLSmode.MUTUAL,
          ServerTLSSettingsTLSmode.OPTIONAL_MUTUAL);

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (OpenServer server : OpenServer.of(context)) {
      ServerTLSSettings tls = server.server().getTls();
      boolean ends = server.mode().filter(OWN_CERTIFICATE::contains).isPresent();
      if (tls != null && ends && !server.protocol().isHttp() && !hasCertificate(tls)) {
        out.accept(
            server
                .gateway()
                .finding(
                    ProtocolCode.SERVER_WITHOUT_CERTIFICATE,
                    server.path() + ".tls.mode",
                    server.gateway().key(),
                    server.number(),
                    tls.getMode()));
      }
    }
  }

  private static boolean hasCertificate(ServerTLSSettings tls) {
    boolean files = isSaid(tls.getServerCertificate()) && isSaid(tls.getPrivateKey());
    return files
        || isSaid(tls.getCredentialName())
        || !tls.getCredentialNames().isEmpty()
        || !tls.getTlsCertificates().isEmpty();
  }

  private static boolean isSaid(@org.jspecify.annotations.Nullable String text) {
    return !Objects.requireNonNullElse(text, "").isEmpty();
  }
}
