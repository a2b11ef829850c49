package io.github.istioegress.analysis;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.exposure.ExposureAnalyzers;
import io.github.istioegress.analysis.gatewayapi.GatewayApiAnalyzers;
import io.github.istioegress.analysis.host.HostAnalyzers;
import io.github.istioegress.analysis.hygiene.HygieneAnalyzers;
import io.github.istioegress.analysis.protocol.ProtocolAnalyzers;
import io.github.istioegress.analysis.reference.ReferenceAnalyzers;
import io.github.istioegress.analysis.routing.RoutingAnalyzers;
import io.github.istioegress.analysis.tenancy.TenancyAnalyzers;
import io.github.istioegress.finding.Finding;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Runs every analyzer over a set of manifests. */
public final class Analysis {

  private Analysis() {}

  /** All analyzers, family by family. */
  public static List<Analyzer> analyzers() {
    return Stream.of(
            ReferenceAnalyzers.all(),
            ProtocolAnalyzers.all(),
            RoutingAnalyzers.all(),
            ExposureAnalyzers.all(),
            TenancyAnalyzers.all(),
            HostAnalyzers.all(),
            HygieneAnalyzers.all(),
            GatewayApiAnalyzers.all())
        .flatMap(List::stream)
        .toList();
  }

  /** What they find, by file, line and code, each finding once. */
  public static List<Finding> of(AnalysisContext context) {
    TreeSet<Finding> findings = new TreeSet<>();
    analyzers().forEach(analyzer -> analyzer.analyze(context, findings::add));
    return List.copyOf(findings);
  }
}
