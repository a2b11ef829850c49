package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRetry;
import io.github.istioegress.trace.registry.Decision;
import java.util.List;
import java.util.Optional;

/**
 * A route of a virtual host.
 *
 * @param name its name; empty where it has none
 * @param match what a request must be like; empty for any
 * @param clusters where it sends requests
 * @param status the status it answers with by itself; 0 where it sends requests on
 * @param rewrittenHost the Host that goes on instead of the caller's; empty for the caller's
 * @param timeout its timeout; empty where none is said
 * @param retries its retries; empty where none are said
 * @param mirrors where it sends copies of requests
 * @param decisions what made it
 */
public record RouteEntry(
    String name,
    Optional<HTTPMatchRequest> match,
    List<WeightedCluster> clusters,
    int status,
    String rewrittenHost,
    String timeout,
    Optional<HTTPRetry> retries,
    List<Mirror> mirrors,
    List<Decision> decisions) {

  static RouteEntry to(String name, List<WeightedCluster> clusters, List<Decision> decisions) {
    return new RouteEntry(
        name, Optional.empty(), clusters, 0, "", "", Optional.empty(), List.of(), decisions);
  }

  static RouteEntry answering(String name, int status, List<Decision> decisions) {
    return new RouteEntry(
        name, Optional.empty(), List.of(), status, "", "", Optional.empty(), List.of(), decisions);
  }

  /** The same, made by these. */
  RouteEntry decidedBy(List<Decision> by) {
    return new RouteEntry(
        name, match, clusters, status, rewrittenHost, timeout, retries, mirrors, by);
  }
}
