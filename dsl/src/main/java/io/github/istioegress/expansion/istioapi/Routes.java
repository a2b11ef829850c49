package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.intent.HostEgress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The routes of one kind that a namespace's hosts need, in the order in which they were said. */
final class Routes<T> {

  /** A route and the gateway, or the mesh, at which it is matched. */
  private record Bound<T>(String gateway, T route) {}

  private final Map<String, List<Bound<T>>> byHost = new TreeMap<>();

  void add(HostEgress host, String gateway, T route) {
    byHost
        .computeIfAbsent(host.host().name(), name -> new ArrayList<>())
        .add(new Bound<>(gateway, route));
  }

  /** Those of a host that are matched at one of the gateways. */
  List<T> of(HostEgress host, Collection<String> gateways) {
    return byHost.getOrDefault(host.host().name(), List.of()).stream()
        .filter(bound -> gateways.contains(bound.gateway()))
        .map(Bound::route)
        .toList();
  }
}
