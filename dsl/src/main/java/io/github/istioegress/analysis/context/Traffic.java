package io.github.istioegress.analysis.context;

import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Way;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.ExportTo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The calls for which a set is made, followed once: each host and port that is declared or routed,
 * called from its own namespace and from a few others that see it.
 */
public final class Traffic {

  /** Namespaces that call one host; those that see the same agree. */
  private static final int MOST_CALLERS = 3;

  /** Among more destinations one caller each has to do. */
  private static final int MANY = 4_000;

  private final AnalysisContext context;
  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private final Map<ResourceKey, Set<String>> exportTo = new HashMap<>();
  private final List<Followed> all = new ArrayList<>();
  private final Set<String> throughGateway = new HashSet<>();
  private final Map<List<Object>, List<Followed>> byField = new HashMap<>();
  private final Map<List<Object>, List<Followed>> byHost = new LinkedHashMap<>();

  Traffic(AnalysisContext context) {
    this.context = context;
    context.callers().stream()
        .filter(row -> row.proxy() == ReachCaller.Proxy.SIDECAR)
        .map(ReachCaller::pod)
        .forEach(pod -> callers.putIfAbsent(pod.namespace(), pod));
    List<String> entries = context.model().config().exportDefaults().services();
    List<String> routes = context.model().config().exportDefaults().virtualServices();
    context
        .serviceEntries()
        .forEach(
            one -> exportTo.put(one.key(), ExportTo.effective(one.spec().getExportTo(), entries)));
    context
        .virtualServices()
        .forEach(
            one -> exportTo.put(one.key(), ExportTo.effective(one.spec().getExportTo(), routes)));
    int most = context.destinations().size() > MANY ? 1 : MOST_CALLERS;
    for (ReachDestination destination : context.destinations()) {
      callersOf(destination).stream().limit(most).forEach(caller -> follow(destination, caller));
    }
  }

  private void follow(ReachDestination destination, Caller caller) {
    Followed followed = new Followed(destination, caller, context.trace(destination.from(caller)));
    all.add(followed);
    if (followed.trace().way() == Way.VIA_GATEWAY) {
      throughGateway.add(destination.host());
    }
    byHost
        .computeIfAbsent(List.of(caller, destination.host()), key -> new ArrayList<>())
        .add(followed);
    followed
        .hops()
        .flatMap(hop -> hop.decisions().stream())
        .map(Traffic::field)
        .distinct()
        .forEach(field -> byField.computeIfAbsent(field, f -> new ArrayList<>()).add(followed));
  }

  private static List<Object> field(Decision decision) {
    return List.of(decision.resource(), decision.path());
  }

  /** Pods that see what names the destination, those of its own namespace first. */
  private Set<Caller> callersOf(ReachDestination destination) {
    Set<Caller> found = new LinkedHashSet<>();
    for (ResourceKey key : destination.resources()) {
      Set<String> visible = exportTo.getOrDefault(key, Set.of());
      if (ExportTo.visible(visible, key.namespace(), key.namespace())) {
        named(key.namespace()).forEach(found::add);
      }
      visible.stream().flatMap(this::named).forEach(found::add);
      if (visible.contains("*")) {
        callers.values().stream().limit(MOST_CALLERS).forEach(found::add);
      }
    }
    if (found.isEmpty() && destination.resources().isEmpty()) {
      callers.values().stream().limit(MOST_CALLERS).forEach(found::add);
    }
    boolean open =
        destination.resources().stream()
            .anyMatch(key -> exportTo.getOrDefault(key, Set.of()).contains("*"));
    if (found.isEmpty() && open) {
      // What is for everybody is for somebody who lives elsewhere, too.
      found.add(Caller.in("default"));
    }
    return found;
  }

  private Stream<Caller> named(String namespace) {
    return Stream.ofNullable(callers.get(namespace));
  }

  /** A pod with a sidecar in each namespace that has one. */
  public Map<String, Caller> callers() {
    return Collections.unmodifiableMap(callers);
  }

  /** All calls. */
  public List<Followed> all() {
    return all;
  }

  /** The calls in which a route has a part. */
  public List<Followed> by(Leg leg) {
    return byField.getOrDefault(List.of(leg.resource().key(), leg.path()), List.of());
  }

  /** The hosts of which some call leaves through a gateway. */
  public Set<String> hostsThroughGateway() {
    return throughGateway;
  }

  /** The calls of a pod to the ports of one host, for each pod and host. */
  public Collection<List<Followed>> byCallerAndHost() {
    return byHost.values();
  }
}
