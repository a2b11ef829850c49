package io.github.istioegress.trace.envoy;

import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.EgressListener;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The virtual hosts of a sidecar's routes for one port. */
final class SidecarVirtualHosts {

  private static final int HTTP_PORT = 80;

  private record Draft(
      List<String> ruleHosts, List<RegistryService> services, List<RouteEntry> routes) {}

  private final Scope scope;
  private final int port;
  private final EgressListener listener;
  private final Map<String, RegistryService> byHost = new LinkedHashMap<>();
  private final Map<String, RegistryService> sources = new HashMap<>();
  private final Set<String> wildcards;

  private SidecarVirtualHosts(Scope scope, int port, EgressListener listener) {
    this.scope = scope;
    this.port = port;
    this.listener = listener;
    for (RegistryService service : listener.services()) {
      sources.putIfAbsent(service.hostname().toLowerCase(Locale.ROOT), service);
      service
          .port(port)
          .ifPresent(
              own -> {
                String lower = service.hostname().toLowerCase(Locale.ROOT);
                byHost.put(lower, service.withHostname(lower).withPorts(List.of(own)));
              });
    }
    this.wildcards =
        byHost.keySet().stream().filter(HostMatch::isWildcard).collect(Collectors.toSet());
  }

  /**
   * Builds the virtual hosts of a route configuration.
   *
   * @param scope the sidecar
   * @param routeConfig its name: the port, or {@code host:port} where a service has its own
   */
  static List<VirtualHost> build(Scope scope, String routeConfig) {
    int colon = routeConfig.lastIndexOf(':');
    int port = Integer.parseInt(routeConfig.substring(colon + 1));
    List<VirtualHost> hosts =
        scope
            .listenerFor(port)
            .map(listener -> new SidecarVirtualHosts(scope, port, listener).build())
            .orElseGet(ArrayList::new);
    if (colon < 0) {
      hosts.add(Undeclared.virtualHost(scope));
      return hosts;
    }
    String host = routeConfig.substring(0, colon);
    // A listener of one service's own takes whatever Host the request has.
    return hosts.stream()
        .filter(vh -> vh.domains().contains(host) || vh.domains().contains(routeConfig))
        .limit(1)
        .map(vh -> new VirtualHost(vh.name(), List.of("*"), vh.routes()))
        .toList();
  }

  private List<VirtualHost> build() {
    List<Draft> drafts = new ArrayList<>();
    Map<String, String> mostSpecific = listener.mostSpecificRules();
    Set<String> ruled = new HashSet<>();
    for (RouteRule rule : listener.rules()) {
      // On port 80 a rule holds even where no service has its host.
      if (port == HTTP_PORT || matchesService(rule)) {
        draft(rule, mostSpecific).ifPresent(drafts::add);
      }
    }
    drafts.forEach(draft -> draft.services().forEach(service -> ruled.add(service.hostname())));
    for (RegistryService service : byHost.values()) {
      if (!ruled.contains(service.hostname())
          && service.ports().get(0).protocol().isHttpOrSniffed()) {
        drafts.add(new Draft(List.of(), List.of(service), List.of(defaultRoute(service))));
      }
    }
    return virtualHosts(drafts);
  }

  private boolean matchesService(RouteRule rule) {
    for (String said : rule.hosts()) {
      String host = said.toLowerCase(Locale.ROOT);
      boolean found =
          byHost.containsKey(host)
              || (HostMatch.isWildcard(host) ? byHost.keySet() : wildcards)
                  .stream().anyMatch(service -> HostMatch.overlap(host, service));
      if (found) {
        return true;
      }
    }
    return false;
  }

  private Optional<Draft> draft(RouteRule rule, Map<String, String> mostSpecific) {
    List<RouteEntry> routes =
        new HttpRoutes(scope, RouteRule.MESH, port, host -> Optional.ofNullable(byHost.get(host)))
            .translate(rule);
    if (routes.isEmpty()) {
      return Optional.empty();
    }
    List<String> unknown = new ArrayList<>();
    List<RegistryService> known = new ArrayList<>();
    for (String said : rule.hosts()) {
      String host = said.toLowerCase(Locale.ROOT);
      if (!HostMatch.isWildcard(host)) {
        RegistryService service = byHost.get(host);
        if (service == null) {
          unknown.add(host);
        } else {
          known.add(service);
        }
      }
    }
    for (String said : rule.hosts()) {
      String host = said.toLowerCase(Locale.ROOT);
      if (HostMatch.isWildcard(host) && rule.ofGatewayApi()) {
        unknown.add(host);
      } else if (HostMatch.isWildcard(host)) {
        List<RegistryService> covered =
            byHost.values().stream()
                .filter(service -> HostMatch.overlap(service.hostname(), host))
                .toList();
        covered.stream()
            .filter(service -> rule.key().equals(mostSpecific.get(service.hostname())))
            .forEach(known::add);
        if (covered.isEmpty()) {
          unknown.add(host);
        }
      }
    }
    // A route of the Gateway API is for its own namespace's sidecars, or for its own services.
    if (rule.ofGatewayApi()
        && known.stream()
            .noneMatch(
                service ->
                    rule.namespace().equals(service.namespace())
                        || rule.namespace().equals(scope.namespace()))) {
      return Optional.empty();
    }
    List<RegistryService> http =
        known.stream()
            .filter(service -> service.ports().get(0).protocol().isHttpOrSniffed())
            .toList();
    return http.isEmpty() && port != HTTP_PORT
        ? Optional.empty()
        : Optional.of(new Draft(unknown, http, routes));
  }

  private RouteEntry defaultRoute(RegistryService service) {
    return RouteEntry.to(
        "default",
        List.of(new WeightedCluster(new ClusterName(port, "", service.hostname()).toString(), 100)),
        List.of(Decision.of(service.source(), sourcePath(service))));
  }

  private String sourcePath(RegistryService lowered) {
    return Optional.ofNullable(sources.get(lowered.hostname()))
        .map(service -> ByteChains.portPath(service, port))
        .orElse("spec");
  }

  private List<VirtualHost> virtualHosts(List<Draft> drafts) {
    Set<String> names = new HashSet<>();
    Set<String> domains = new HashSet<>();
    List<VirtualHost> hosts = new ArrayList<>();
    for (Draft draft : drafts) {
      for (String host : draft.ruleHosts()) {
        add(hosts, names, domains, host, List.of(host), draft.routes());
      }
      for (RegistryService service : draft.services()) {
        add(hosts, names, domains, service.hostname(), domains(service), draft.routes());
      }
    }
    return hosts;
  }

  /** Adds a virtual host with the domains that no other has; the first to claim one keeps it. */
  private void add(
      List<VirtualHost> hosts,
      Set<String> names,
      Set<String> taken,
      String host,
      List<String> domains,
      List<RouteEntry> routes) {
    String name = host + ":" + port;
    if (!names.add(name)) {
      return;
    }
    List<String> free = domains.stream().filter(taken::add).toList();
    if (!free.isEmpty()) {
      hosts.add(new VirtualHost(name, free, routes));
    }
  }

  private List<String> domains(RegistryService service) {
    List<String> domains = new ArrayList<>(ServiceNames.of(service.hostname(), scope));
    if (!service.address().equals(RegistryService.ANY_ADDRESS)) {
      domains.add(service.address());
    }
    service.aliases().forEach(alias -> domains.addAll(ServiceNames.of(alias, scope)));
    return domains;
  }
}
