package io.github.istioegress.analysis.host;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryLocation;
import io.fabric8.istio.api.api.networking.v1alpha3.WorkloadEntry;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HostCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.trace.envoy.Cidr;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR604 and, for ranges, EGR605: addresses of an outside host at which no outside host can be, and
 * ranges so wide that they take others.
 */
final class OwnAddressAnalyzer implements Analyzer {

  private static final Map<String, String> NOWHERE =
      Map.of(
          "127.0.0.0/8", "the pod itself",
          "::1/128", "the pod itself",
          "fe80::/10", "the link that the node is on",
          "224.0.0.0/4", "a group of machines",
          "ff00::/8", "a group of machines",
          "0.0.0.0/32", "no address at all",
          "::/128", "no address at all");

  private static final int WIDEST_V4 = 24;
  private static final int WIDEST_V6 = 64;

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      if (entry.spec().getLocation() == ServiceEntryLocation.MESH_INTERNAL) {
        continue;
      }
      List<String> hosts = entry.spec().getHosts();
      for (int i = 0; i < hosts.size(); i++) {
        if (hosts.get(i).toLowerCase(Locale.ROOT).matches("(.*\\.)?localhost\\.?")) {
          out.accept(finding(entry, "spec.hosts[" + i + "]", hosts.get(i), "the pod itself"));
        }
      }
      List<String> addresses = entry.spec().getAddresses();
      for (int i = 0; i < addresses.size(); i++) {
        address(context, entry, "spec.addresses[" + i + "]", addresses.get(i), out);
        range(entry, "spec.addresses[" + i + "]", addresses.get(i), out);
      }
      List<WorkloadEntry> endpoints = entry.spec().getEndpoints();
      for (int i = 0; i < endpoints.size() && !isLocal(hosts); i++) {
        String said = Objects.requireNonNullElse(endpoints.get(i).getAddress(), "");
        address(context, entry, "spec.endpoints[" + i + "].address", said, out);
      }
    }
  }

  /** A made-up name stands for something in the pod. */
  private static boolean isLocal(List<String> hosts) {
    return hosts.stream().allMatch(host -> !host.contains(".") || host.endsWith(".local"));
  }

  private static void address(
      AnalysisContext context,
      Manifest<ServiceEntry> entry,
      String path,
      String said,
      Consumer<Finding> out) {
    Optional<Cidr> address = Cidr.parse(said);
    Optional<String> nowhere =
        address.flatMap(
            one ->
                NOWHERE.entrySet().stream()
                    .filter(range -> Cidr.parse(range.getKey()).orElseThrow().contains(one))
                    .map(Map.Entry::getValue)
                    .findFirst());
    nowhere
        .or(
            () ->
                address
                    .flatMap(one -> context.model().registry().kubernetesAt(said))
                    .map(RegistryService::source)
                    .map(service -> service.key().toString()))
        .map(what -> finding(entry, path, said, what))
        .ifPresent(out);
  }

  private static void range(
      Manifest<ServiceEntry> entry, String path, String said, Consumer<Finding> out) {
    Cidr.parse(said)
        .filter(range -> range.prefix() < (range.width() == 32 ? WIDEST_V4 : WIDEST_V6))
        .map(
            range ->
                entry
                    .finding(
                        HostCode.RANGE,
                        path,
                        entry.key(),
                        said,
                        "for a host: every call to an address in it is taken for one to this host",
                        "Name the addresses that the host has, no range wider than /24 or /64")
                    .as(Severity.WARNING))
        .ifPresent(out);
  }

  private static Finding finding(
      Manifest<ServiceEntry> entry, String path, String said, String what) {
    return entry.finding(HostCode.OWN_ADDRESS, path, entry.key(), said, what);
  }
}
