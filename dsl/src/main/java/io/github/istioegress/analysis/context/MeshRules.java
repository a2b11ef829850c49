package io.github.istioegress.analysis.context;

import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.MeshModel;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The VirtualServices that hold in sidecars, by host and by who sees them. Sidecars that import
 * less are left out of account: whether a route is applied is the tracer's to say.
 */
public final class MeshRules {

  private static final String ALL = "*";

  private final Map<String, Map<String, RouteRule>> byHost = new HashMap<>();
  private final List<String> defaultExport;

  MeshRules(MeshModel model) {
    this.defaultExport = model.config().exportDefaults().virtualServices();
    for (RouteRule rule : model.routeRules()) {
      if (rule.gateways().contains(RouteRule.MESH)) {
        for (String host : rule.hosts()) {
          Map<String, RouteRule> bySeer = byHost.computeIfAbsent(host, h -> new HashMap<>());
          seers(rule).forEach(seer -> bySeer.putIfAbsent(seer, rule));
        }
      }
    }
  }

  /** The namespaces that see a rule; {@code *} for all. */
  public Set<String> seers(RouteRule rule) {
    Set<String> seers =
        new LinkedHashSet<>(ExportTo.effective(rule.spec().getExportTo(), defaultExport));
    if (seers.contains(ALL)) {
      return Set.of(ALL);
    }
    if (seers.remove(".")) {
      seers.add(rule.namespace());
    }
    seers.remove("~");
    return seers;
  }

  /** The rule that takes calls of a namespace to a host: the exact one, else the nearest around. */
  public Optional<RouteRule> of(String host, String namespace) {
    Optional<RouteRule> exact = exactly(host, namespace);
    if (exact.isPresent()) {
      return exact;
    }
    String needle = HostMatch.isWildcard(host) ? host.substring(1) : host;
    for (int from = 0; from <= needle.length(); from++) {
      Optional<RouteRule> wild = exactly("*" + needle.substring(from), namespace);
      if (wild.isPresent()) {
        return wild;
      }
    }
    return Optional.empty();
  }

  /** True where some namespace has a rule for the host. */
  public boolean has(String host) {
    return byHost.containsKey(host);
  }

  private Optional<RouteRule> exactly(String host, String namespace) {
    Map<String, RouteRule> bySeer = byHost.getOrDefault(host, Map.of());
    return Optional.ofNullable(bySeer.getOrDefault(namespace, bySeer.get(ALL)));
  }
}
