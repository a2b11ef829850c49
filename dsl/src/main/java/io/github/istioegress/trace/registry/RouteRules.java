package io.github.istioegress.trace.registry;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All VirtualServices, the oldest first. */
public final class RouteRules {

  private final List<RouteRule> rules;
  private final List<String> defaultExport;

  private RouteRules(List<RouteRule> rules, List<String> defaultExport) {
    this.rules = rules;
    this.defaultExport = defaultExport;
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
    for (RouteRule rule : rules) {
      if (!rule.gateways().contains(gateway)) {
        continue;
      }
      Set<String> exportTo = ExportTo.effective(rule.spec().getExportTo(), defaultExport);
      // A route of the Gateway API holds before the others of its kind in its own namespace.
      boolean first = rule.ofGatewayApi() && rule.namespace().equals(proxyNamespace);
      if (exportTo.contains("*")) {
        (first ? preferred : open).add(rule);
      } else if (!exportTo.contains("~")
          && ExportTo.visible(exportTo, rule.namespace(), proxyNamespace)) {
        (first ? ownOfGatewayApi : rule.namespace().equals(proxyNamespace) ? own : exported)
            .add(rule);
      }
    }
    ownOfGatewayApi.addAll(own);
    ownOfGatewayApi.addAll(exported);
    ownOfGatewayApi.addAll(preferred);
    ownOfGatewayApi.addAll(open);
    return ownOfGatewayApi;
  }
}
