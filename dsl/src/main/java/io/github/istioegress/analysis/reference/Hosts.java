package io.github.istioegress.analysis.reference;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says of a host that somebody wrote whether it is there, and why it is not. */
final class Hosts {

  private static final String CLUSTER_DOMAIN = ".svc.cluster.local";

  private final AnalysisContext context;
  private final Set<String> services = new TreeSet<>();
  private final Set<String> shown = new TreeSet<>();
  private final Set<String> outside = new TreeSet<>();
  private final Map<String, Optional<Missing>> known = new HashMap<>();
  private final boolean isEgress;

  Hosts(AnalysisContext context) {
    this.context = context;
    for (RegistryService service : context.model().registry().all()) {
      if (service.kubernetes()) {
        services.add(service.hostname());
        if (!context.knows().isAssumed(service.hostname())) {
          shown.add(service.hostname());
        }
      } else {
        outside.add(service.hostname());
      }
    }
    this.isEgress = !outside.isEmpty() || !context.gateways().isEmpty();
  }

  /**
   * A host that is not there.
   *
   * @param outside true for one that a ServiceEntry would have to declare
   * @param why what is missing, in words after the host
   * @param remedy what to do
   */
  record Missing(boolean outside, String why, String remedy) {}

  /** What is missing of a host; empty where it is there, or where the manifests do not tell. */
  Optional<Missing> missing(String host) {
    return known.computeIfAbsent(host, this::judged);
  }

  private Optional<Missing> judged(String host) {
    boolean there =
        !context.model().registry().byNamespace(host).isEmpty()
            || outside.contains(host.toLowerCase(Locale.ROOT));
    if (there || host.isEmpty() || host.startsWith("*")) {
      return Optional.empty();
    }
    String[] labels = host.split("\\.", -1);
    if (host.endsWith(CLUSTER_DOMAIN)) {
      return inCluster(host, labels[1]);
    }
    String full = host.endsWith(".svc") ? host + ".cluster.local" : host + CLUSTER_DOMAIN;
    if (labels.length < 4 && services.contains(full)) {
      return Optional.of(
          new Missing(
              false,
              "a name that Istio takes as it is, for it has a dot",
              "Write the full name, %s".formatted(full)));
    }
    // Names of other clusters and of the local network are declared elsewhere.
    if (!isEgress || host.endsWith(".local") || host.endsWith(".global") || labels.length < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Missing(
            true,
            "a host that no ServiceEntry declares",
            NearMiss.of(host, outside)
                .map("Write %s, which is declared"::formatted)
                .orElse("Declare the host and its port in a ServiceEntry")));
  }

  private Optional<Missing> inCluster(String host, String namespace) {
    Optional<String> near = NearMiss.of(host, shown);
    if (near.isEmpty() && !context.knows().services(namespace)) {
      return Optional.empty();
    }
    return Optional.of(
        new Missing(
            false,
            "and namespace %s has no such Service".formatted(namespace),
            near.map("Write %s, which is there"::formatted)
                .orElse("Name a Service that is there, or add this one")));
  }

  /** The Services of the cluster, those included that are only assumed. */
  Set<String> services() {
    return services;
  }

  /** The hosts that ServiceEntries declare. */
  Set<String> outside() {
    return outside;
  }
}
