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

  private static final List<String> DEFAULT_EXPORT = List.of("*");

  private final List<RouteRule> rules;

  private RouteRules(List<RouteRule> rules) {
    this.rules = rules;
  }

  /** Builds the index. A rule without hosts is a delegate and stands for nothing by itself. */
  public static RouteRules of(ResourceSet resources) {
    return new RouteRules(
        resources.of(ResourceKind.VIRTUAL_SERVICE).stream()
            .sorted(Comparator.comparing(Resource::object, Metadata.BY_AGE))
            .map(RouteRule::of)
            .filter(rule -> !rule.hosts().isEmpty())
            .toList());
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
    List<RouteRule> own = new ArrayList<>();
    List<RouteRule> exported = new ArrayList<>();
    List<RouteRule> preferred = new ArrayList<>();
    List<RouteRule> open = new ArrayList<>();
    for (RouteRule rule : rules) {
      if (!rule.gateways().contains(gateway)) {
        continue;
      }
      Set<String> exportTo = ExportTo.effective(rule.spec().getExportTo(), DEFAULT_EXPORT);
      if (exportTo.contains("*")) {
        // A route of the Gateway API holds before all others in its own namespace.
        (rule.ofGatewayApi() && rule.namespace().equals(proxyNamespace) ? preferred : open)
            .add(rule);
      } else if (!exportTo.contains("~")
          && ExportTo.visible(exportTo, rule.namespace(), proxyNamespace)) {
        (rule.namespace().equals(proxyNamespace) ? own : exported).add(rule);
      }
    }
    own.addAll(exported);
    own.addAll(preferred);
    own.addAll(open);
    return own;
  }
}
