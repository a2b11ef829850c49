package io.github.istioegress.reach;

import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Trace;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where bytes may come out that were meant for a destination: they bear no name to tell it by. */
record Ends(ResourceSet resources) {

  /** True where a way ends at the destination, as far as it ends anywhere. */
  boolean isOf(Trace trace, ReachDestination destination) {
    Set<String> places = places(destination);
    return trace.branches().stream()
        .allMatch(
            branch ->
                !branch.outcome().leaves()
                    || places.contains(branch.destination().replaceAll(":\\d+$", "")));
  }

  private Set<String> places(ReachDestination destination) {
    Set<String> places = new TreeSet<>();
    places.add(destination.host());
    places.add(destination.call().host());
    destination.resources().stream()
        .flatMap(key -> resources.find(key).stream())
        .map(Resource::object)
        .flatMap(
            object ->
                object instanceof ServiceEntry entry
                    ? Optional.ofNullable(entry.getSpec()).stream()
                    : java.util.stream.Stream.empty())
        .flatMap(entry -> entry.getEndpoints().stream())
        .map(endpoint -> endpoint.getAddress())
        .filter(address -> address != null)
        .forEach(places::add);
    return places;
  }
}
