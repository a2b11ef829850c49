package io.github.istioegress.trace.envoy;

import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.RouteRules;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.ServiceRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The virtual hosts of a gateway's HTTP servers: one for each host that a server and a route share.
 */
final class GatewayVirtualHosts {

  private final Scope scope;
  private final RouteRules rules;
  private final ServiceRegistry registry;
  private final Map<String, List<RouteEntry>> translated = new HashMap<>();
  private final Map<String, VirtualHost> byHost = new LinkedHashMap<>();

  GatewayVirtualHosts(Scope scope, RouteRules rules, ServiceRegistry registry) {
    this.scope = scope;
    this.rules = rules;
    this.registry = registry;
  }

  List<VirtualHost> build(List<GatewayServer> servers) {
    for (GatewayServer server : servers) {
      for (RouteRule rule : rules.boundTo(server.gateway(), scope.namespace())) {
        Set<String> shared = shared(server.hostsFor(rule.namespace()), rule.hosts());
        if (!shared.isEmpty()) {
          add(server, shared, routes(server, rule));
        }
      }
    }
    if (byHost.isEmpty()) {
      int port = servers.isEmpty() ? 0 : servers.get(0).number();
      return List.of(new VirtualHost("blackhole:" + port, List.of("*"), List.of()));
    }
    return byHost.values().stream().map(GatewayVirtualHosts::sorted).toList();
  }

  /** Translated once a gateway, for the number of the server that came first. */
  private List<RouteEntry> routes(GatewayServer server, RouteRule rule) {
    String key = server.gateway() + " " + rule.key();
    List<RouteEntry> known = translated.get(key);
    if (known != null) {
      return known;
    }
    List<RouteEntry> routes =
        new HttpRoutes(
                scope, server.gateway(), server.number(), host -> service(host, rule.namespace()))
            .translate(rule).stream().map(entry -> withServer(entry, server)).toList();
    if (!routes.isEmpty()) {
      translated.put(key, routes);
    }
    return routes;
  }

  private static RouteEntry withServer(RouteEntry entry, GatewayServer server) {
    List<io.github.istioegress.trace.registry.Decision> decisions =
        new ArrayList<>(entry.decisions());
    decisions.add(server.decision());
    return entry.decidedBy(List.copyOf(decisions));
  }

  /** The service in the route's own namespace goes first, if the gateway sees it. */
  private Optional<RegistryService> service(String host, String namespace) {
    return Optional.ofNullable(registry.byNamespace(host).get(namespace))
        .filter(service -> registry.isVisible(service, scope.namespace()))
        .or(() -> scope.service(host));
  }

  private static Set<String> shared(List<String> serverHosts, List<String> ruleHosts) {
    Set<String> shared = new LinkedHashSet<>();
    for (String server : serverHosts) {
      for (String rule : ruleHosts) {
        if (HostMatch.covered(server, rule)) {
          shared.add(server);
        } else if (HostMatch.covered(rule, server)) {
          shared.add(rule);
        }
      }
    }
    return shared;
  }

  private void add(GatewayServer server, Set<String> hosts, List<RouteEntry> routes) {
    if (routes.isEmpty()) {
      return;
    }
    for (String said : hosts) {
      String host = said.toLowerCase(Locale.ROOT);
      VirtualHost there = byHost.get(host);
      if (there == null) {
        byHost.put(host, new VirtualHost(host + ":" + server.number(), List.of(host), routes));
      } else {
        List<RouteEntry> more = new ArrayList<>(there.routes());
        more.addAll(routes);
        byHost.put(host, new VirtualHost(there.name(), there.domains(), more));
      }
    }
  }

  /** Routes for everything go behind those for something. */
  private static VirtualHost sorted(VirtualHost host) {
    List<RouteEntry> routes =
        new ArrayList<>(
            host.routes().stream().filter(route -> !HttpRoutes.isCatchAll(route)).toList());
    host.routes().stream().filter(HttpRoutes::isCatchAll).forEach(routes::add);
    return new VirtualHost(host.name(), host.domains(), routes);
  }
}
