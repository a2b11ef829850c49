package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.api.networking.v1alpha3.WorkloadEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.WorkloadEntryBuilder;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.ServiceEntryBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.expansion.settings.EntryPorts;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.HostEgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ServiceEntry of a host, and of the host that serves a wildcard. */
final class HostEntries {

  private final String apiVersion;
  private final String namespace;

  HostEntries(String apiVersion, String namespace) {
    this.apiVersion = apiVersion;
    this.namespace = namespace;
  }

  /**
   * The entries of a host.
   *
   * @param host the host
   * @param name the name of its entry
   * @param exportTo who sees it
   * @param gateways who sees the host that serves a wildcard: the gateways that send to it
   */
  List<ServiceEntry> of(
      HostEgress host, String name, List<String> exportTo, List<String> gateways) {
    List<ServiceEntry> entries = new ArrayList<>();
    List<WorkloadEntry> endpoints = endpoints(host);
    ServiceEntryBuilder entry = entry(host.host(), name, host.intents(), exportTo);
    entry
        .editSpec()
        .withAddresses(host.addresses())
        .withEndpoints(endpoints)
        .withResolution(resolution(host))
        .endSpec();
    entries.add(entry.build());
    ExternalHost serving = host.intents().get(0).target();
    if (!serving.equals(host.host())) {
      entries.add(
          entry(serving, ResourceNames.servingHost(name), host.intents(), gateways)
              .editSpec()
              .withResolution(ServiceEntryResolution.DNS)
              .endSpec()
              .build());
    }
    return entries;
  }

  /** Hosts that answer instead are looked up in place of the called one, which need not exist. */
  private static List<WorkloadEntry> endpoints(HostEgress host) {
    return host.answering()
        .map(
            how ->
                how.match(
                    other -> List.of(endpoint(other.host().name())),
                    canary -> List.of(labelled(host.host()), labelled(canary.host())),
                    failover -> List.of(labelled(host.host()), labelled(failover.host()))))
        .orElseGet(
            () ->
                isRange(host)
                    ? List.of()
                    : host.addresses().stream().map(HostEntries::endpoint).toList());
  }

  private static WorkloadEntry endpoint(String address) {
    return new WorkloadEntryBuilder().withAddress(address).build();
  }

  private static WorkloadEntry labelled(ExternalHost host) {
    return new WorkloadEntryBuilder()
        .withAddress(host.name())
        .withLabels(Map.of(ResourceNames.HOST, ResourceNames.hostLabel(host)))
        .build();
  }

  private ServiceEntryBuilder entry(
      ExternalHost host, String name, List<EgressIntent> intents, List<String> exportTo) {
    return new ServiceEntryBuilder()
        .withApiVersion(apiVersion)
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withHosts(host.name())
        .withPorts(intents.stream().map(EntryPorts::of).toList())
        .withExportTo(exportTo)
        .endSpec();
  }

  private static ServiceEntryResolution resolution(HostEgress host) {
    if (!host.addresses().isEmpty()) {
      // A range has no endpoint to choose: the call goes to the address that was dialled.
      return isRange(host) ? ServiceEntryResolution.NONE : ServiceEntryResolution.STATIC;
    }
    if (host.intents().stream().allMatch(intent -> intent.path().forwardProxy().isPresent())) {
      // The forward proxy looks the host up; in a closed network nobody else could.
      return ServiceEntryResolution.NONE;
    }
    return host.serving()
        .map(
            how ->
                how.match(
                    by -> ServiceEntryResolution.NONE,
                    () -> ServiceEntryResolution.NONE,
                    () -> ServiceEntryResolution.DYNAMIC_DNS))
        .orElse(ServiceEntryResolution.DNS);
  }

  private static boolean isRange(HostEgress host) {
    return host.intents().get(0).handling().isRange();
  }
}
