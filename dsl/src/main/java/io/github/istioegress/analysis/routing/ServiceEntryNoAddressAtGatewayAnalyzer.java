package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Branch;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Resolution;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR303: a gateway is to send to a host of which only the caller knows the address: resolution
 * NONE, or, for TLS, DYNAMIC_DNS.
 */
final class ServiceEntryNoAddressAtGatewayAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<ResourceKey, Manifest<ServiceEntry>> entries = new HashMap<>();
    context.serviceEntries().forEach(one -> entries.put(one.key(), one));
    Set<ResourceKey> told = new HashSet<>();
    for (Followed call : context.traffic().all()) {
      call.trace().branches().stream()
          .filter(branch -> branch.outcome() == Outcome.NO_ENDPOINTS)
          .filter(branch -> !branch.hops().isEmpty() && last(branch).gateway())
          .map(branch -> last(branch).host())
          .flatMap(host -> context.model().registry().byNamespace(host).values().stream())
          .filter(ServiceEntryNoAddressAtGatewayAnalyzer::isFoundByCaller)
          .map(service -> entries.get(service.source().key()))
          .filter(entry -> entry != null && told.add(entry.key()))
          .forEach(entry -> out.accept(finding(entry, call)));
    }
  }

  private static Hop last(Branch branch) {
    return branch.hops().get(branch.hops().size() - 1);
  }

  private static boolean isFoundByCaller(RegistryService service) {
    return !service.kubernetes()
        && (service.resolution() == Resolution.NONE
            || service.resolution() == Resolution.DYNAMIC_DNS);
  }

  private static Finding finding(Manifest<ServiceEntry> entry, Followed call) {
    ServiceEntryResolution said = entry.spec().getResolution();
    return entry
        .finding(
            RoutingCode.NO_ADDRESS_AT_GATEWAY,
            "spec.resolution",
            entry.key(),
            String.join(", ", entry.spec().getHosts()),
            said == null ? "NONE, which is what counts where none is said" : said.name())
        .tracedAs(call.line());
  }
}
