package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.finding.TenancyCode;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** EGR509: an entry for a host of the cluster. */
final class ServiceEntryOfClusterHostAnalyzer implements Analyzer {

  private static final String DOMAIN = "svc.cluster.local";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Set<String> services = new HashSet<>();
    for (RegistryService service : context.model().registry().all()) {
      if (service.kubernetes()) {
        services.add(service.hostname());
      }
    }
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      for (int i = 0; i < entry.spec().getHosts().size(); i++) {
        String host = entry.spec().getHosts().get(i).toLowerCase(Locale.ROOT);
        Optional<String> covered = covered(host, services);
        if (covered.isPresent()) {
          out.accept(
              entry
                  .finding(
                      TenancyCode.HOST_OF_CLUSTER,
                      "spec.hosts[" + i + "]",
                      entry.key(),
                      host,
                      covered.get())
                  .as(reachesOthers(context, entry, host) ? Severity.ERROR : Severity.WARNING));
        }
      }
    }
  }

  /** What of the cluster an entry takes, in words. */
  private static Optional<String> covered(String host, Set<String> services) {
    if (services.contains(host)) {
      return Optional.of("Service " + host);
    }
    return HostMatch.isWildcard(host) && HostMatch.overlap(host, "*." + DOMAIN)
        ? Optional.of("names of the cluster's domain " + DOMAIN)
        : Optional.empty();
  }

  /** True where others than the Service's owner see the entry. */
  private static boolean reachesOthers(
      AnalysisContext context, Manifest<ServiceEntry> entry, String host) {
    Set<String> seenBy =
        ExportTo.effective(
            entry.spec().getExportTo(), context.model().config().exportDefaults().services());
    boolean ownService = host.endsWith("." + entry.namespace() + "." + DOMAIN);
    return context.isIsolated() && seenBy.contains("*") && !ownService;
  }
}
