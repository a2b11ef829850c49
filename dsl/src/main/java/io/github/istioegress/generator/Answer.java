package io.github.istioegress.generator;

import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.reach.ReachMatrix;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What there is to say of calls, in whatever format.
 *
 * @param version the release whose choices held
 * @param traces the traces, in the order of the calls
 * @param reach who can reach what, where that was asked
 * @param assumed the gateways that were assumed
 * @param notConsidered the resources that may decide otherwise
 */
record Answer(
    IstioVersion version,
    List<Trace> traces,
    Optional<ReachMatrix> reach,
    List<GatewayWorkload> assumed,
    List<String> notConsidered) {

  /** What was assumed of a gateway. */
  static String assumption(GatewayWorkload gateway) {
    return "gateway %s/%s: pods labelled %s, Service ports %s (not among the manifests)"
        .formatted(
            gateway.namespace(),
            gateway.name(),
            new TreeMap<>(gateway.labels()),
            gateway.ports().stream()
                .map(port -> port.port() + " to " + port.targetPort())
                .toList());
  }

  /** What was not considered, and what that means. */
  static String omission(String resource) {
    return resource + ": it may decide otherwise";
  }
}
