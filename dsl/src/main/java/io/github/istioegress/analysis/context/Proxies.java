package io.github.istioegress.analysis.context;

import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.MeshModel;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the proxies in which a route holds. */
final class Proxies {

  /** Of more namespaces than this a sample says it all: those without rules of their own agree. */
  private static final int MOST_NAMESPACES = 20;

  private final MeshModel model;
  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private final Map<String, Set<ResourceKey>> imported = new HashMap<>();
  private final Map<List<Object>, List<CallingProxy>> known = new HashMap<>();

  Proxies(MeshModel model, List<Caller> pods) {
    this.model = model;
    pods.forEach(pod -> callers.putIfAbsent(pod.namespace(), pod));
  }

  /** The proxies that apply a route of a rule at one of these gateways. */
  List<CallingProxy> of(RouteRule rule, List<String> gateways) {
    return known.computeIfAbsent(
        List.of(rule.resource().key(), gateways),
        key -> {
          List<CallingProxy> proxies = new ArrayList<>();
          for (String gateway : gateways) {
            proxies.addAll(gateway.equals(RouteRule.MESH) ? sidecars(rule) : pods(rule, gateway));
          }
          return List.copyOf(proxies);
        });
  }

  private List<CallingProxy> sidecars(RouteRule rule) {
    List<CallingProxy> proxies = new ArrayList<>();
    Set<String> exportTo = exportTo(rule);
    // The namespace of the rule itself first, whatever the sample.
    List<Caller> inOrder = new ArrayList<>();
    Caller own = callers.get(rule.namespace());
    if (own != null) {
      inOrder.add(own);
    }
    if (exportTo.contains("*")) {
      callers.values().stream().limit(MOST_NAMESPACES).forEach(inOrder::add);
    } else {
      exportTo.stream().map(callers::get).filter(caller -> caller != null).forEach(inOrder::add);
    }
    for (Caller caller : new java.util.LinkedHashSet<>(inOrder)) {
      if (ExportTo.visible(exportTo, rule.namespace(), caller.namespace())
          && imports(caller, rule)) {
        proxies.add(CallingProxy.sidecar(caller, model.sidecar(caller)));
      }
    }
    return proxies;
  }

  private Set<String> exportTo(RouteRule rule) {
    return ExportTo.effective(
        rule.spec().getExportTo(), model.config().exportDefaults().virtualServices());
  }

  private boolean imports(Caller caller, RouteRule rule) {
    return imported
        .computeIfAbsent(
            caller.namespace(),
            namespace -> {
              Set<ResourceKey> keys = new HashSet<>();
              Scope scope = model.sidecar(caller);
              scope.listeners().stream()
                  .flatMap(listener -> listener.rules().stream())
                  .forEach(one -> keys.add(one.resource().key()));
              return keys;
            })
        .contains(rule.resource().key());
  }

  private List<CallingProxy> pods(RouteRule rule, String gateway) {
    String[] parts = gateway.split("/", 2);
    if (parts.length < 2) {
      return List.of();
    }
    List<CallingProxy> proxies = new ArrayList<>();
    Set<String> exportTo = exportTo(rule);
    for (Workload pod : model.podsOf(ResourceKind.GATEWAY.key(parts[0], parts[1]))) {
      if (ExportTo.visible(exportTo, rule.namespace(), pod.namespace())) {
        model
            .gateway(pod)
            .ifPresent(
                proxy ->
                    proxies.add(
                        CallingProxy.gateway(
                            pod, pod.namespace() + "/" + pod.name(), proxy.scope())));
      }
    }
    return proxies;
  }
}
