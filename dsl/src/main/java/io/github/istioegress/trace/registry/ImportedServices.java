package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.github.istioegress.mesh.IstioVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Chooses the services of a scope: what is imported, and what imported routes point to. */
final class ImportedServices {

  private final ServiceRegistry registry;
  private final boolean oldestNamespaceFirst;

  ImportedServices(ServiceRegistry registry, IstioVersion version) {
    this.registry = registry;
    this.oldestNamespaceFirst = version.atLeast(IstioVersion.V1_30);
  }

  /** The services that a listener imports; one namespace is chosen for each host. */
  List<RegistryService> select(String namespace, SidecarHosts hosts, Optional<ServicePort> port) {
    List<RegistryService> imported = new ArrayList<>();
    for (RegistryService service : registry.visibleTo(namespace)) {
      if (hosts.importsService(service.namespace(), service.hostname())) {
        forPort(service, port).ifPresent(imported::add);
      }
    }
    Map<String, RegistryService> chosen = new HashMap<>();
    for (RegistryService service : imported) {
      chosen.merge(
          service.hostname(),
          service,
          (there, more) -> {
            boolean own = more.namespace().equals(namespace);
            boolean squatted =
                !there.kubernetes()
                    && more.kubernetes()
                    && (own || !there.namespace().equals(namespace));
            return own || squatted ? more : there;
          });
    }
    Set<String> kept = new HashSet<>();
    chosen.values().forEach(service -> kept.add(service.namespace() + "/" + service.hostname()));
    return imported.stream()
        .filter(service -> kept.contains(service.namespace() + "/" + service.hostname()))
        .toList();
  }

  /** A Sidecar's listener with a port sees only that port of a service. */
  private static Optional<RegistryService> forPort(
      RegistryService service, Optional<ServicePort> port) {
    if (port.isEmpty() || port.get().protocol() == Protocol.HTTP_PROXY) {
      return Optional.of(service);
    }
    return service
        .port(port.get().number())
        .map(only -> service.ports().size() == 1 ? service : service.withPorts(List.of(only)));
  }

  Collected collect(String namespace) {
    return new Collected(namespace);
  }

  /** Services gathered for a scope, each host once. */
  final class Collected {
    private final String namespace;
    private final Map<String, RegistryService> byHost = new LinkedHashMap<>();

    private Collected(String namespace) {
      this.namespace = namespace;
    }

    Map<String, RegistryService> services() {
      return Collections.unmodifiableMap(byHost);
    }

    Collected addAll(List<EgressListener> listeners) {
      for (EgressListener listener : listeners) {
        listener.services().forEach(this::add);
        for (RouteRule rule : listener.rules()) {
          destinations(rule).forEach((host, ports) -> addDestination(host, ports, listener));
        }
      }
      return this;
    }

    /** Adds a service; of one host the first stays, and ports of entries that merge add up. */
    void add(RegistryService service) {
      byHost.merge(
          service.hostname(),
          service,
          (there, more) -> {
            if (there.kubernetes() != more.kubernetes()) {
              return there.kubernetes() ? there : more;
            }
            return there.mergesWith(more) ? withPortsOf(there, more) : there;
          });
    }

    private RegistryService withPortsOf(RegistryService there, RegistryService more) {
      List<ServicePort> ports = new ArrayList<>(there.ports());
      more.ports().stream().filter(port -> there.port(port.number()).isEmpty()).forEach(ports::add);
      return ports.size() == there.ports().size() ? there : there.withPorts(ports);
    }

    private void addDestination(String host, Set<Integer> ports, EgressListener listener) {
      Map<String, RegistryService> byNamespace = registry.byNamespace(host);
      RegistryService own = byNamespace.get(namespace);
      Optional<RegistryService> picked =
          own != null ? Optional.of(own) : pickVisible(byNamespace.values());
      picked
          .flatMap(
              service ->
                  listener.port().isPresent()
                      ? forPort(service, listener.port())
                      : forPorts(service, ports))
          .ifPresent(this::add);
    }

    private Optional<RegistryService> pickVisible(Iterable<RegistryService> candidates) {
      List<RegistryService> visible = new ArrayList<>();
      for (RegistryService candidate : candidates) {
        if (registry.isVisible(candidate, namespace)) {
          visible.add(candidate);
        }
      }
      Comparator<RegistryService> best =
          oldestNamespaceFirst
              ? Comparator.comparing((RegistryService s) -> !s.kubernetes())
                  .thenComparing(RegistryService::created)
              : Comparator.comparing(RegistryService::namespace);
      return visible.stream().min(best);
    }

    private Optional<RegistryService> forPorts(RegistryService service, Set<Integer> ports) {
      // 0 stands for a destination that names no port: every port may be meant.
      if (ports.isEmpty() || ports.contains(0)) {
        return Optional.of(service);
      }
      List<ServicePort> used =
          service.ports().stream().filter(port -> ports.contains(port.number())).toList();
      return used.isEmpty() ? Optional.empty() : Optional.of(service.withPorts(used));
    }

    private Map<String, Set<Integer>> destinations(RouteRule rule) {
      Map<String, Set<Integer>> found = new LinkedHashMap<>();
      for (HttpRoute each : rule.http()) {
        HTTPRoute route = each.route();
        if (!forNamespace(route.getMatch())) {
          continue;
        }
        route.getRoute().forEach(to -> note(found, rule, to.getDestination()));
        note(found, rule, route.getMirror());
        route.getMirrors().forEach(mirror -> note(found, rule, mirror.getDestination()));
      }
      rule.spec()
          .getTcp()
          .forEach(route -> route.getRoute().forEach(to -> note(found, rule, to.getDestination())));
      rule.spec()
          .getTls()
          .forEach(route -> route.getRoute().forEach(to -> note(found, rule, to.getDestination())));
      return found;
    }

    private boolean forNamespace(List<HTTPMatchRequest> matches) {
      boolean fits = true;
      for (HTTPMatchRequest match : matches) {
        String source = match.getSourceNamespace();
        if (source != null && !source.isEmpty()) {
          if (source.equals(namespace)) {
            return true;
          }
          fits = false;
        }
      }
      return fits;
    }

    private void note(
        Map<String, Set<Integer>> found,
        RouteRule rule,
        @org.jspecify.annotations.Nullable Destination destination) {
      if (destination == null || destination.getHost() == null) {
        return;
      }
      int port =
          destination.getPort() == null ? 0 : Metadata.number(destination.getPort().getNumber());
      found
          .computeIfAbsent(
              ResolvedNames.host(destination.getHost(), rule.namespace()), h -> new TreeSet<>())
          .add(port);
    }
  }
}
