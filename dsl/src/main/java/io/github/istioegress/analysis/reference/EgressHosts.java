package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.resource.HostMatch;
import java.util.HashMap;
import java.util.Map;

/**
 * The hosts that ServiceEntries of a set declare. A set that declares a host and routes it is about
 * the egress to this host, so that what its routes need belongs to it.
 */
final class EgressHosts {

  private final Map<String, Boolean> declared = new HashMap<>();

  private EgressHosts() {}

  static EgressHosts of(AnalysisContext context) {
    EgressHosts hosts = new EgressHosts();
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      entry.spec().getHosts().forEach(host -> hosts.declared.put(host, true));
    }
    return hosts;
  }

  boolean isEmpty() {
    return declared.isEmpty();
  }

  /** True where an entry is for the host, or for a wildcard around it. */
  boolean declares(String host) {
    return HostMatch.mostSpecific(host, declared).isPresent();
  }
}
