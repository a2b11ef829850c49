package io.github.istioegress.trace.envoy;

import io.github.istioegress.trace.registry.Decision;

/**
 * A cluster to which a route sends copies of its requests; nobody waits for what it answers.
 *
 * @param cluster the cluster's name
 * @param percent how many of a hundred requests are copied
 * @param from the field that says it
 */
public record Mirror(String cluster, double percent, Decision from) {}
