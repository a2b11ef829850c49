package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * EGR205 to EGR208: TLS that a proxy begins, and whom it trusts there: by which authorities, by
 * which server name, by which names of the certificate, or by none of them. From 1.21 on Istio
 * fills what is unsaid, for requests: the system's authorities and the name of the Host header.
 */
final class OriginatedTlsAnalyzer implements Analyzer {

  private static final IstioVersion FILLS = IstioVersion.of(1, 21);

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    boolean fills = context.model().version().atLeast(FILLS);
    Map<String, Boolean> requests = new HashMap<>();
    for (ClientTls tls : ClientTls.of(context)) {
      if (!tls.originates()) {
        continue;
      }
      if (tls.skipsVerification()) {
        out.accept(
            tls.rule()
                .finding(
                    ProtocolCode.VERIFICATION_OFF,
                    tls.path() + ".insecureSkipVerify",
                    tls.rule().key(),
                    tls.host()));
        continue;
      }
      boolean named =
          requests.computeIfAbsent(
              tls.host() + ":" + tls.port(), key -> isOfRequests(context, tls));
      boolean system = tls.caCertificates().isEmpty() || tls.caCertificates().equals("system");
      boolean trusts = !tls.caCertificates().isEmpty() || !tls.credentialName().isEmpty();
      if (!trusts) {
        out.accept(
            finding(
                tls,
                ProtocolCode.NO_AUTHORITIES,
                fills ? Severity.INFO : Severity.ERROR,
                fills
                    ? "Istio takes the system's"
                    : "before Istio 1.21 the proxy then takes any certificate"));
      }
      if (tls.sni().isEmpty()) {
        out.accept(
            finding(
                tls,
                ProtocolCode.NO_SNI,
                !fills ? Severity.ERROR : named ? Severity.INFO : Severity.WARNING,
                !fills
                    ? "before Istio 1.21 the proxy then asks for no name, and servers of many hosts refuse it"
                    : named
                        ? "Istio takes the Host of the request"
                        : "what passes here is bytes, so that the proxy asks for no name and servers of many hosts refuse it"));
      }
      boolean derived = fills && tls.sni().isEmpty() && named;
      if (tls.settings().getSubjectAltNames().isEmpty() && !derived && !declared(context, tls)) {
        boolean ownAuthorities = trusts && !(system && tls.credentialName().isEmpty());
        out.accept(
            finding(
                tls,
                ProtocolCode.NO_SUBJECT_ALT_NAMES,
                !fills ? Severity.ERROR : ownAuthorities ? Severity.INFO : Severity.WARNING,
                fills && !tls.sni().isEmpty()
                    ? "sni turns off the check of the name that Istio would make by itself"
                    : "nothing else says the name"));
      }
    }
  }

  /** What is about a Service of the cluster is no egress, and only told. */
  private static Finding finding(ClientTls tls, ProtocolCode code, Severity grave, String why) {
    boolean inside = tls.host().endsWith(".svc.cluster.local");
    return tls.rule()
        .finding(code, tls.path() + ".mode", tls.rule().key(), tls.mode(), tls.host(), why)
        .as(inside ? Severity.INFO : grave);
  }

  /** A ServiceEntry may say the names of the certificate, too. */
  private static boolean declared(AnalysisContext context, ClientTls tls) {
    return context.model().registry().byNamespace(tls.host()).values().stream()
        .map(RegistryService::source)
        .map(resource -> resource.object())
        .anyMatch(
            object ->
                object instanceof io.fabric8.istio.api.networking.v1.ServiceEntry entry
                    && !entry.getSpec().getSubjectAltNames().isEmpty());
  }

  /** True where requests pass, whose Host says the name; a host that is not shown may be one. */
  private static boolean isOfRequests(AnalysisContext context, ClientTls tls) {
    return context.model().registry().byNamespace(tls.host()).values().stream()
        .flatMap(service -> service.ports().stream())
        .filter(port -> tls.port() == 0 || port.number() == tls.port())
        .map(ServicePort::protocol)
        .noneMatch(OriginatedTlsAnalyzer::isOfBytes);
  }

  private static boolean isOfBytes(Protocol protocol) {
    return protocol.isTcp() && !protocol.isTls();
  }
}
