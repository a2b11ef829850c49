package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.CallingProxy;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Carried;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Told;
import io.github.istioegress.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A share of what becomes of a call that a set of manifests is meant for.
 *
 * @param trace the whole of it
 * @param told the share
 */
record Journey(Trace trace, Told told) {

  /** Of callers in more namespaces than this a sample says it all. */
  private static final int MOST_CALLERS = 5;

  /** All of a set, which are followed once for all analyzers. */
  private record All(List<Journey> journeys) {}

  /** One call for each port that is declared and each route of the mesh, by those who see it. */
  static List<Journey> of(AnalysisContext context) {
    return context.shared(All.class, set -> new All(List.copyOf(followed(set)))).journeys();
  }

  private static List<Journey> followed(AnalysisContext context) {
    Set<Call> calls = new LinkedHashSet<>();
    Map<String, Caller> callers = callers(context);
    Map<ResourceKey, Set<String>> exported = exported(context);
    for (ReachDestination destination : context.destinations()) {
      if (destination.origin() == ReachDestination.Origin.DECLARED) {
        seers(destination, callers, exported).forEach(pod -> calls.add(destination.from(pod)));
      }
    }
    for (Leg leg : context.legs()) {
      if (leg.isOfMesh()) {
        context.proxiesOf(leg).stream()
            .map(CallingProxy::caller)
            .flatMap(Optional::stream)
            .limit(MOST_CALLERS)
            .forEach(pod -> AnalysisContext.callFor(leg, pod).ifPresent(calls::add));
      }
    }
    List<Journey> journeys = new ArrayList<>();
    calls.stream()
        .sorted(Comparator.comparing(call -> call.from().namespace()))
        .forEach(
            call -> {
              Trace trace = context.trace(call);
              Told.of(trace).forEach(told -> journeys.add(new Journey(trace, told)));
            });
    return journeys;
  }

  /** A pod with a sidecar in each namespace that has one. */
  static Map<String, Caller> callers(AnalysisContext context) {
    Map<String, Caller> callers = new LinkedHashMap<>();
    context.callers().stream()
        .filter(row -> row.proxy() == ReachCaller.Proxy.SIDECAR)
        .forEach(row -> callers.putIfAbsent(row.pod().namespace(), row.pod()));
    return callers;
  }

  private static Map<ResourceKey, Set<String>> exported(AnalysisContext context) {
    Map<ResourceKey, Set<String>> exported = new LinkedHashMap<>();
    context
        .serviceEntries()
        .forEach(
            entry -> exported.put(entry.key(), new LinkedHashSet<>(entry.spec().getExportTo())));
    return exported;
  }

  /** Those who see an entry: its own namespace, those that it names, and some of all. */
  private static List<Caller> seers(
      ReachDestination destination,
      Map<String, Caller> callers,
      Map<ResourceKey, Set<String>> exported) {
    Set<Caller> seers = new LinkedHashSet<>();
    for (ResourceKey key : destination.resources()) {
      if (!key.kind().equals(ResourceKind.SERVICE_ENTRY.kind())) {
        continue;
      }
      Set<String> exportTo = exported.getOrDefault(key, Set.of());
      add(seers, callers, key.namespace());
      exportTo.stream().limit(MOST_CALLERS).forEach(name -> add(seers, callers, name));
      if (exportTo.isEmpty() || exportTo.contains("*")) {
        callers.values().stream().limit(MOST_CALLERS).forEach(seers::add);
      }
    }
    return List.copyOf(seers);
  }

  private static void add(Set<Caller> seers, Map<String, Caller> callers, String namespace) {
    Caller caller = callers.get(namespace);
    if (caller != null) {
      seers.add(caller);
    }
  }

  Call call() {
    return trace.call();
  }

  List<Hop> hops() {
    return told.branch().hops();
  }

  boolean leaves() {
    return told.branch().outcome().leaves();
  }

  /** The proxy that had it last. */
  Optional<Hop> last() {
    return hops().isEmpty() ? Optional.empty() : Optional.of(hops().get(hops().size() - 1));
  }

  /** What travels on from the last proxy. */
  Carried onTheWire() {
    return told.carried().get(told.carried().size() - 1);
  }

  /** What travels to a proxy. */
  Carried arrivingAt(int hop) {
    return told.carried().get(hop);
  }

  /** The whole of it in one line. */
  String line() {
    return AnalysisContext.shortly(trace);
  }
}
