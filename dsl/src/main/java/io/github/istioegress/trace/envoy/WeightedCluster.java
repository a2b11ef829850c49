package io.github.istioegress.trace.envoy;

/**
 * A cluster that a route sends a share of its calls to.
 *
 * @param cluster the cluster's name
 * @param weight its share; shares need not sum to 100
 * @param host the Host that goes on with this share; empty for the route's, or the caller's
 */
public record WeightedCluster(String cluster, int weight, String host) {

  /** A cluster that gets calls as they are. */
  public WeightedCluster(String cluster, int weight) {
    this(cluster, weight, "");
  }
}
