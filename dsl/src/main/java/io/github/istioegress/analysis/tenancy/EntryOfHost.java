package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.Metadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A host of a ServiceEntry, and who sees it.
 *
 * @param entry the ServiceEntry
 * @param host the host
 * @param seenBy the namespaces that see it, or {@code *}
 */
record EntryOfHost(Manifest<ServiceEntry> entry, String host, Set<String> seenBy) {

  /** The hosts that several entries declare, each with its entries in order. */
  static Map<String, List<EntryOfHost>> shared(AnalysisContext context) {
    Map<String, List<EntryOfHost>> byHost = new LinkedHashMap<>();
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      Set<String> seenBy =
          new TreeSet<>(
              ExportTo.effective(
                  entry.spec().getExportTo(),
                  context.model().config().exportDefaults().services()));
      if (seenBy.remove(".")) {
        seenBy.add(entry.namespace());
      }
      seenBy.remove("~");
      for (String host : new TreeSet<>(entry.spec().getHosts())) {
        String name = host.toLowerCase(Locale.ROOT);
        byHost
            .computeIfAbsent(name, h -> new ArrayList<>())
            .add(new EntryOfHost(entry, name, seenBy));
      }
    }
    byHost.values().removeIf(entries -> entries.size() < 2);
    return byHost;
  }

  /** Its ports, and what is spoken there. */
  Map<Integer, String> ports() {
    Map<Integer, String> ports = new TreeMap<>();
    for (ServicePort port : entry.spec().getPorts()) {
      ports.put(
          Metadata.number(port.getNumber()),
          Objects.requireNonNullElse(port.getProtocol(), "").toUpperCase(Locale.ROOT));
    }
    return ports;
  }

  /** How its endpoints are found, in words; two that are equal lead to the same place. */
  String way() {
    return "resolution %s%s%s"
        .formatted(
            entry.spec().getResolution() == null ? "NONE" : entry.spec().getResolution(),
            entry.spec().getAddresses().isEmpty()
                ? ""
                : ", addresses " + entry.spec().getAddresses(),
            entry.spec().getEndpoints().isEmpty()
                ? ""
                : ", endpoints "
                    + entry.spec().getEndpoints().stream()
                        .map(
                            one ->
                                one.getAddress()
                                    + Objects.requireNonNullElse(one.getPorts(), Map.of()))
                        .toList());
  }
}
