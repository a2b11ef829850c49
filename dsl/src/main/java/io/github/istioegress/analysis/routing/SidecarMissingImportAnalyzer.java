package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.Sidecar;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Way;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.RouteRule;
import io.github.istioegress.trace.registry.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR312: a Sidecar imports a host and not its route to the gateway, the route and not the host, or
 * neither of what is exported to its namespace by name.
 */
final class SidecarMissingImportAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    if (context.sidecars().isEmpty()) {
      return;
    }
    MeshLegs legs = new MeshLegs(context);
    Map<String, ReachDestination> calls = new HashMap<>();
    context.destinations().forEach(one -> calls.putIfAbsent(one.host(), one));
    Map<String, List<RegistryService>> named = named(context);
    // Their namespaces see hosts for the gateways' sake.
    context
        .model()
        .tracer()
        .gatewayPorts()
        .forEach(port -> named.remove(port.gateway().replaceAll("/.*", "")));
    named.remove(context.model().config().rootNamespace());
    for (Manifest<Sidecar> sidecar : context.sidecars()) {
      Caller caller = caller(sidecar);
      Scope scope = context.model().sidecar(caller);
      Set<ResourceKey> imported = new HashSet<>();
      Set<String> hosts = new HashSet<>();
      Set<ResourceKey> told = new HashSet<>();
      for (RouteRule rule : rules(scope)) {
        imported.add(rule.resource().key());
        hosts.addAll(rule.hosts());
      }
      named
          .getOrDefault(sidecar.namespace(), List.of())
          .forEach(service -> hosts.add(service.hostname()));
      hosts.addAll(scope.services().keySet());
      for (String host : hosts) {
        Optional<ReachDestination> call = Optional.ofNullable(calls.get(host));
        call.flatMap(
                to ->
                    missing(context, legs, scope, imported, host)
                        .filter(told::add)
                        .flatMap(key -> finding(context, sidecar, key, host, to.from(caller))))
            .ifPresent(out);
      }
    }
  }

  private static List<RouteRule> rules(Scope scope) {
    return scope.listeners().stream().flatMap(one -> one.rules().stream()).toList();
  }

  private static Caller caller(Manifest<Sidecar> sidecar) {
    Map<String, String> labels =
        sidecar.spec().getWorkloadSelector() == null
            ? null
            : sidecar.spec().getWorkloadSelector().getLabels();
    return new Caller(sidecar.namespace(), labels == null ? Map.of() : labels, "default");
  }

  /** Hosts by the namespaces to which they are exported by name, other than their own. */
  private static Map<String, List<RegistryService>> named(AnalysisContext context) {
    Map<String, List<RegistryService>> named = new HashMap<>();
    for (RegistryService service : context.model().registry().all()) {
      if (!service.kubernetes()) {
        service.exportTo().stream()
            .filter(to -> !to.equals("*") && !to.equals(".") && !to.equals(service.namespace()))
            .forEach(to -> named.computeIfAbsent(to, n -> new ArrayList<>()).add(service));
      }
    }
    return named;
  }

  /** What the Sidecar leaves out of a host: its entry, or its route. */
  private static Optional<ResourceKey> missing(
      AnalysisContext context, MeshLegs legs, Scope scope, Set<ResourceKey> imported, String host) {
    Optional<ResourceKey> route =
        context
            .meshRules()
            .of(host, scope.namespace())
            .filter(legs::leadToGateway)
            .map(rule -> rule.resource().key())
            .filter(key -> !imported.contains(key));
    if (scope.service(host).isPresent()) {
      return route;
    }
    return context.model().registry().byNamespace(host).values().stream()
        .filter(service -> !service.kubernetes())
        .filter(service -> context.model().registry().isVisible(service, scope.namespace()))
        .map(service -> service.source().key())
        .findFirst();
  }

  private static Optional<Finding> finding(
      AnalysisContext context,
      Manifest<Sidecar> sidecar,
      ResourceKey missing,
      String host,
      io.github.istioegress.trace.Call call) {
    Trace trace = context.trace(call);
    if (trace.way() == Way.VIA_GATEWAY) {
      return Optional.empty();
    }
    String end =
        trace.outcome() == Outcome.PASSTHROUGH
            ? "leave undeclared, past every gateway"
            : trace.outcome().leaves()
                ? "leave straight from the sidecar, past the gateway"
                : "fail: " + trace.detail();
    return Optional.of(
        sidecar
            .finding(
                RoutingCode.IMPORTED_IN_PART,
                "spec.egress[0].hosts",
                sidecar.key(),
                missing,
                sidecar.namespace(),
                host,
                end,
                missing.namespace() + "/*")
            .related(List.of(Manifest.subject(missing)))
            .tracedAs(AnalysisContext.shortly(trace)));
  }
}
