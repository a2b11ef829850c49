package io.github.istioegress.trace.envoy;

/**
 * A cluster that a route sends a share of its calls to.
 *
 * @param cluster the cluster's name
 * @param weight its share; shares need not sum to 100
 */
public record WeightedCluster(String cluster, int weight) {}
