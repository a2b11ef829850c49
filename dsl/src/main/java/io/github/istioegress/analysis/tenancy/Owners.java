package io.github.istioegress.analysis.tenancy;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells the platform's namespaces from those of tenants, and egress gateways from others. */
final class Owners {

  private final Set<String> platform = new HashSet<>();
  private final Set<String> inhabited = new HashSet<>();
  private final Map<Workload, Set<String>> users = new HashMap<>();

  private Owners() {}

  static Owners of(AnalysisContext context) {
    return context.shared(Owners.class, Owners::found);
  }

  private static Owners found(AnalysisContext context) {
    Owners owners = new Owners();
    owners.platform.add(context.model().config().rootNamespace());
    for (Workload pod : context.model().registry().workloads()) {
      boolean gateway = context.model().gateway(pod).isPresent();
      (gateway ? owners.platform : owners.inhabited).add(pod.namespace());
    }
    Map<String, Set<String>> byHost = new HashMap<>();
    for (Leg leg : context.legs()) {
      if (leg.isOfMesh()) {
        for (Leg.Target target : leg.targets()) {
          byHost
              .computeIfAbsent(target.host(), host -> new TreeSet<>())
              .add(leg.rule().namespace());
        }
      }
    }
    for (Workload pod : context.model().registry().workloads()) {
      if (context.model().gateway(pod).isPresent()) {
        for (RegistryService service : context.model().registry().servicesOf(pod)) {
          Set<String> namespaces = byHost.get(service.hostname());
          if (namespaces != null) {
            owners.users.computeIfAbsent(pod, p -> new TreeSet<>()).addAll(namespaces);
          }
        }
      }
    }
    return owners;
  }

  /** True for the root namespace, one of a gateway's pods, and Kubernetes' own. */
  boolean isPlatform(String namespace) {
    return platform.contains(namespace) || namespace.startsWith("kube-");
  }

  /**
   * True for a namespace whose own callers a resource in it may be for: not the platform's, and not
   * one without pods where others show theirs.
   */
  boolean hasCallers(String namespace) {
    return !isPlatform(namespace) && (inhabited.isEmpty() || inhabited.contains(namespace));
  }

  /** The pods to which routes of the mesh send calls, and the tenants' namespaces that do. */
  Map<Workload, Set<String>> egressGateways() {
    Map<Workload, Set<String>> gateways = new HashMap<>();
    users.forEach(
        (pod, namespaces) -> {
          Set<String> tenants = new TreeSet<>(namespaces);
          tenants.removeIf(this::isPlatform);
          gateways.put(pod, tenants);
        });
    return gateways;
  }
}
