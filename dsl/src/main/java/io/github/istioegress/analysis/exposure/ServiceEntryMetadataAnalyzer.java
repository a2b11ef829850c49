package io.github.istioegress.analysis.exposure;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * EGR410: an entry declares the metadata service of a cloud, by name or by address. A set of one
 * team may mean it, so that it is a warning there.
 */
final class ServiceEntryMetadataAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      said(entry.spec())
          .forEach(
              (path, value) ->
                  MetadataServices.of(value)
                      .map(
                          what ->
                              entry.finding(
                                  ExposureCode.METADATA_SERVICE, path, entry.key(), value, what))
                      .map(finding -> context.isIsolated() ? finding : finding.as(Severity.WARNING))
                      .ifPresent(out));
    }
  }

  private static Map<String, String> said(ServiceEntry entry) {
    Map<String, String> said = new LinkedHashMap<>();
    for (int i = 0; i < entry.getHosts().size(); i++) {
      said.put("spec.hosts[" + i + "]", entry.getHosts().get(i));
    }
    for (int i = 0; i < entry.getAddresses().size(); i++) {
      said.put("spec.addresses[" + i + "]", entry.getAddresses().get(i));
    }
    for (int i = 0; i < entry.getEndpoints().size(); i++) {
      String address = entry.getEndpoints().get(i).getAddress();
      said.put("spec.endpoints[" + i + "].address", address == null ? "" : address);
    }
    return said;
  }
}
