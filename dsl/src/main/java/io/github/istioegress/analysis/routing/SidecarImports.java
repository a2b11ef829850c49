package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.Scope;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the sidecar of a pod knows of hosts and of their routes.
 *
 * @param context the set
 * @param legs its routes
 * @param scope what the sidecar knows
 * @param routes the routes among it
 * @param hosts the hosts of which it knows something
 */
record SidecarImports(
    AnalysisContext context,
    MeshLegs legs,
    Scope scope,
    Set<ResourceKey> routes,
    Set<String> hosts) {

  static SidecarImports of(AnalysisContext context, MeshLegs legs, Caller caller) {
    Scope scope = context.model().sidecar(caller);
    Set<ResourceKey> routes = new HashSet<>();
    Set<String> hosts = new HashSet<>(scope.services().keySet());
    scope.listeners().stream()
        .flatMap(listener -> listener.rules().stream())
        .forEach(
            rule -> {
              routes.add(rule.resource().key());
              hosts.addAll(rule.hosts());
            });
    return new SidecarImports(context, legs, scope, routes, hosts);
  }

  /** What it lacks of a host that others let it see: the entry, or the route to a gateway. */
  Optional<ResourceKey> missing(String host) {
    if (scope.service(host).isPresent()) {
      return context
          .meshRules()
          .of(host, scope.namespace())
          .filter(legs::leadToGateway)
          .map(RouteRule::resource)
          .map(rule -> rule.key())
          .filter(key -> !routes.contains(key));
    }
    return context.model().registry().byNamespace(host).values().stream()
        .filter(service -> !service.kubernetes())
        .filter(service -> context.model().registry().isVisible(service, scope.namespace()))
        .map(service -> service.source().key())
        .findFirst();
  }
}
