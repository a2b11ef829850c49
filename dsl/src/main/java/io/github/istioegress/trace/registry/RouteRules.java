package io.github.istioegress.trace.registry;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All VirtualServices, the oldest first. */
public final class RouteRules {

  private final List<RouteRule> rules;
  private final Map<String, Bound> byGateway = new HashMap<>();

  /** The rules bound to one gateway: those that all namespaces see, and those that some see. */
  private record Bound(List<RouteRule> open, Map<String, List<RouteRule>> byNamespace) {

    static final Bound NOTHING = new Bound(List.of(), Map.of());

    void add(RouteRule rule, Set<String> exportTo) {
      if (exportTo.contains("*")) {
        open.add(rule);
      } else if (!exportTo.contains("~")) {
        ExportTo.namespaces(exportTo, rule.namespace())
            .forEach(to -> byNamespace.computeIfAbsent(to, n -> new ArrayList<>()).add(rule));
      }
    }
  }

  private RouteRules(List<RouteRule> rules, List<String> defaultExport) {
    this.rules = rules;
    for (RouteRule rule : rules) {
      Set<String> exportTo = ExportTo.effective(rule.spec().getExportTo(), defaultExport);
      new LinkedHashSet<>(rule.gateways())
          .forEach(
              gateway ->
                  byGateway
                      .computeIfAbsent(gateway, g -> new Bound(new ArrayList<>(), new HashMap<>()))
                      .add(rule, exportTo));
    }
  }

  /**
   * Builds the index. A rule without hosts is a delegate and stands for nothing by itself.
   *
   * @param resources the manifests
   * @param defaultExport who sees a rule that does not say so
   */
  public static RouteRules of(ResourceSet resources, List<String> defaultExport) {
    List<Resource> byAge =
        resources.of(ResourceKind.VIRTUAL_SERVICE).stream()
            .sorted(Comparator.comparing(Resource::object, Metadata.BY_AGE))
            .toList();
    Delegates delegates = Delegates.of(byAge, defaultExport);
    return new RouteRules(
        byAge.stream()
            .filter(resource -> !Delegates.is(resource))
            .map(resource -> RouteRule.of(resource, delegates))
            .toList(),
        defaultExport);
  }

  /** All rules, the oldest first. */
  public List<RouteRule> all() {
    return rules;
  }

  /** Where the mesh's rules for exactly one of these hosts lead, whoever sees them. */
  public Set<String> destinationsFrom(Set<String> hosts) {
    Set<String> destinations = new HashSet<>();
    for (RouteRule rule : rules) {
      if (rule.gateways().contains(RouteRule.MESH)
          && rule.hosts().stream().anyMatch(hosts::contains)) {
        destinations.addAll(rule.destinations());
      }
    }
    return destinations;
  }

  /**
   * The rules bound to a gateway that proxies of a namespace see: their own private ones, those
   * exported to them by name, then the public ones.
   */
  public List<RouteRule> boundTo(String gateway, String proxyNamespace) {
    List<RouteRule> ownOfGatewayApi = new ArrayList<>();
    List<RouteRule> own = new ArrayList<>();
    List<RouteRule> exported = new ArrayList<>();
    List<RouteRule> preferred = new ArrayList<>();
    List<RouteRule> open = new ArrayList<>();
    Bound bound = byGateway.getOrDefault(gateway, Bound.NOTHING);
    for (RouteRule rule : bound.byNamespace().getOrDefault(proxyNamespace, List.of())) {
      // A route of the Gateway API holds before the others of its kind in its own namespace.
      boolean home = rule.namespace().equals(proxyNamespace);
      (home && rule.ofGatewayApi() ? ownOfGatewayApi : home ? own : exported).add(rule);
    }
    for (RouteRule rule : bound.open()) {
      boolean first = rule.ofGatewayApi() && rule.namespace().equals(proxyNamespace);
      (first ? preferred : open).add(rule);
    }
    ownOfGatewayApi.addAll(own);
    ownOfGatewayApi.addAll(exported);
    ownOfGatewayApi.addAll(preferred);
    ownOfGatewayApi.addAll(open);
    return ownOfGatewayApi;
  }
}
