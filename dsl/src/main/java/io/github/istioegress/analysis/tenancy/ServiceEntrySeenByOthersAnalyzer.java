package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.finding.TenancyCode;
import io.github.istioegress.trace.registry.ExportTo;
import java.util.function.Consumer;

/** EGR502: a host of a tenant that every namespace may reach. */
final class ServiceEntrySeenByOthersAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Owners owners = Owners.of(context);
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      boolean seenByAll =
          ExportTo.effective(
                  entry.spec().getExportTo(), context.model().config().exportDefaults().services())
              .contains("*");
      if (seenByAll && owners.hasCallers(entry.namespace())) {
        out.accept(
            entry
                .finding(
                    TenancyCode.HOST_SEEN_BY_OTHERS,
                    "spec.exportTo",
                    entry.key(),
                    String.join(", ", entry.spec().getHosts()),
                    entry.spec().getExportTo().isEmpty() ? "has no exportTo" : "is exported to *",
                    entry.namespace())
                .as(context.isIsolated() ? Severity.ERROR : Severity.WARNING));
      }
    }
  }
}
