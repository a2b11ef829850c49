package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.trace.registry.Metadata;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR212, EGR213 and EGR222: what Istio refuses of one ServiceEntry by itself: a wildcard that no
 * resolver can look up, a range of addresses for a name, a port said twice.
 */
final class ServiceEntryShapeAnalyzer implements Analyzer {

  private static final Set<ServiceEntryResolution> BY_NAME =
      Set.of(ServiceEntryResolution.DNS, ServiceEntryResolution.DNS_ROUND_ROBIN);

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      ServiceEntryResolution resolution = entry.spec().getResolution();
      if (resolution != null && BY_NAME.contains(resolution)) {
        wildcards(entry, resolution, out);
        ranges(entry, resolution, out);
      }
      ports(entry, out);
    }
  }

  private static void wildcards(
      Manifest<ServiceEntry> entry, ServiceEntryResolution resolution, Consumer<Finding> out) {
    if (!entry.spec().getEndpoints().isEmpty()) {
      return;
    }
    List<String> hosts = entry.spec().getHosts();
    for (int i = 0; i < hosts.size(); i++) {
      if (hosts.get(i).startsWith("*.")) {
        out.accept(
            entry.finding(
                ProtocolCode.WILDCARD_BY_DNS,
                "spec.hosts[" + i + "]",
                entry.key(),
                hosts.get(i),
                resolution));
      }
    }
  }

  private static void ranges(
      Manifest<ServiceEntry> entry, ServiceEntryResolution resolution, Consumer<Finding> out) {
    List<String> addresses = entry.spec().getAddresses();
    for (int i = 0; i < addresses.size(); i++) {
      if (addresses.get(i).contains("/")) {
        out.accept(
            entry.finding(
                ProtocolCode.RANGE_BY_DNS,
                "spec.addresses[" + i + "]",
                entry.key(),
                addresses.get(i),
                resolution));
      }
    }
  }

  private static void ports(Manifest<ServiceEntry> entry, Consumer<Finding> out) {
    Set<String> names = new HashSet<>();
    Set<Integer> numbers = new HashSet<>();
    List<ServicePort> ports = entry.spec().getPorts();
    for (int i = 0; i < ports.size(); i++) {
      String name = Objects.requireNonNullElse(ports.get(i).getName(), "");
      int number = Metadata.number(ports.get(i).getNumber());
      String path = "spec.ports[" + i + "]";
      if (number != 0 && !numbers.add(number)) {
        out.accept(repeated(entry, path + ".number", "number " + number));
      } else if (!name.isEmpty() && !names.add(name)) {
        out.accept(repeated(entry, path + ".name", "name " + name));
      }
    }
  }

  private static Finding repeated(Manifest<ServiceEntry> entry, String path, String what) {
    return entry.finding(ProtocolCode.PORT_REPEATED, path, entry.key(), what);
  }
}
