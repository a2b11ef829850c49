package io.github.istioegress.analysis.exposure;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR409 and EGR411: a workload of a namespace that is to use a gateway has no sidecar, or takes
 * connections past it, and no NetworkPolicy keeps it in.
 */
final class WorkloadAroundSidecarAnalyzer implements Analyzer {

  /** Calls that are tried for each workload. */
  private static final int MOST = 6;

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    if (!context.shared(EgressPolicy.class, EgressPolicy::new).holds()) {
      return;
    }
    Set<String> routed = routed(context);
    Map<String, List<ReachDestination>> calls = calls(context);
    for (ReachCaller row : context.callers()) {
      String namespace = row.pod().namespace();
      Optional<Resource> workload = row.workload().flatMap(context.resources()::find);
      if (workload.isPresent() && (routed.contains(namespace) || routed.contains("*"))) {
        calls.getOrDefault(namespace, calls.getOrDefault("", List.of())).stream()
            .map(to -> trace(context, row, to))
            .filter(trace -> trace.bypass().isPresent() && trace.outcome().leaves())
            .findFirst()
            .map(trace -> finding(row, workload.get(), trace))
            .ifPresent(out);
      }
    }
  }

  private static Trace trace(AnalysisContext context, ReachCaller row, ReachDestination to) {
    return row.around()
        .map(around -> context.model().tracer().trace(to.from(row.pod()), around))
        .orElseGet(() -> context.trace(to.from(row.pod())));
  }

  /** The namespaces whose calls some route, of their own or for all, leads to a gateway. */
  private static Set<String> routed(AnalysisContext context) {
    Set<String> routed = new HashSet<>();
    for (Leg leg : context.legs()) {
      boolean inside =
          leg.isOfMesh()
              && leg.targets().stream().anyMatch(one -> one.host().endsWith(".svc.cluster.local"))
              && leg.rule().hosts().stream().noneMatch(host -> host.endsWith(".local"));
      if (inside) {
        routed.addAll(context.meshRules().seers(leg.rule()));
      }
    }
    return routed;
  }

  /** What a namespace calls, undeclared hosts last; by the empty name, those alone. */
  private static Map<String, List<ReachDestination>> calls(AnalysisContext context) {
    Map<String, List<ReachDestination>> calls = new HashMap<>();
    for (Followed call : context.traffic().all()) {
      List<ReachDestination> own =
          calls.computeIfAbsent(call.caller().namespace(), n -> new ArrayList<>());
      if (own.size() < MOST) {
        own.add(call.destination());
      }
    }
    List<ReachDestination> undeclared =
        context.destinations().stream().filter(to -> to.origin() == Origin.UNDECLARED).toList();
    calls.values().forEach(own -> own.addAll(undeclared));
    calls.put("", undeclared);
    return calls;
  }

  private static Finding finding(ReachCaller row, Resource workload, Trace trace) {
    String why = trace.bypass().orElse("");
    boolean unasked = row.note().contains("marked") || row.note().contains("disabled");
    String home = workload.key().kind().equals("Pod") ? "" : "spec.template.";
    if (unasked) {
      return Manifest.finding(
              workload,
              ExposureCode.NOT_INJECTED,
              home + "metadata",
              workload.key(),
              "gets no sidecar, and its namespace is to use a gateway",
              why,
              "Take the mark away, or hold the pods with a NetworkPolicy for egress")
          .tracedAs(AnalysisContext.shortly(trace));
    }
    boolean annotated = why.contains("istio.io");
    return Manifest.finding(
            workload,
            ExposureCode.AROUND_SIDECAR,
            home + (annotated ? "metadata.annotations" : "spec"),
            workload.key(),
            why,
            trace.call().host() + ":" + trace.call().port(),
            annotated
                ? "Take the annotation away, or hold the pods with a NetworkPolicy"
                : "Let the pods have a network and a user of their own")
        .tracedAs(AnalysisContext.shortly(trace));
  }
}
