package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.Analyzer;
import java.util.List;

/** The analyzers of the codes 2xx. */
public final class ProtocolAnalyzers {

  private ProtocolAnalyzers() {}

  /** All of them, in order of their codes. */
  public static List<Analyzer> all() {
    return List.of(
        new GatewayRouteKindAnalyzer(),
        new ServerCertificateAnalyzer(),
        new TlsLayersAnalyzer(),
        new PlaintextToTlsPortAnalyzer(),
        new OriginatedTlsAnalyzer(),
        new HttpOnTlsPortAnalyzer(),
        new ProtocolConflictAnalyzer(),
        new UnaddressedPortAnalyzer(),
        new ServiceEntryShapeAnalyzer(),
        new GatewayTlsMismatchAnalyzer(),
        new GatewaySniAnalyzer(),
        new SniHostsAnalyzer(),
        new PortSettingsAnalyzer(),
        new ServicePortNameAnalyzer(),
        new WeakTlsAnalyzer(),
        new SharedCertificateAnalyzer(),
        new DynamicDnsAnalyzer(),
        new SelectivePodsAnalyzer());
  }
}
