package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.Sidecar;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Way;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    MeshLegs legs = context.shared(MeshLegs.class, MeshLegs::new);
    Map<String, ReachDestination> calls = new HashMap<>();
    context.destinations().forEach(one -> calls.putIfAbsent(one.host(), one));
    Map<String, List<RegistryService>> lent = LentHosts.byNamespace(context);
    for (Manifest<Sidecar> sidecar : context.sidecars()) {
      Caller caller = caller(sidecar);
      SidecarImports imports = SidecarImports.of(context, legs, caller);
      Set<String> hosts = new TreeSet<>();
      Set<ResourceKey> told = new HashSet<>();
      lent.getOrDefault(sidecar.namespace(), List.of())
          .forEach(service -> hosts.add(service.hostname()));
      hosts.addAll(imports.hosts());
      for (String host : hosts) {
        Optional<ReachDestination> call = Optional.ofNullable(calls.get(host));
        call.flatMap(
                to ->
                    imports
                        .missing(host)
                        .filter(told::add)
                        .flatMap(key -> finding(context, sidecar, key, host, to.from(caller))))
            .ifPresent(out);
      }
    }
  }

  private static Caller caller(Manifest<Sidecar> sidecar) {
    Map<String, String> labels =
        sidecar.spec().getWorkloadSelector() == null
            ? null
            : sidecar.spec().getWorkloadSelector().getLabels();
    return new Caller(sidecar.namespace(), labels == null ? Map.of() : labels, "default");
  }

  private static Optional<Finding> finding(
      AnalysisContext context,
      Manifest<Sidecar> sidecar,
      ResourceKey missing,
      String host,
      Call call) {
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
