package io.github.istioegress.intent;

/**
 * What a sentence may leave through in whatever flavour: an egress gateway of Istio's own API or of
 * the Kubernetes Gateway API, or a waypoint in ambient mode. Sentences that take it as a parameter
 * are said once for all of them.
 */
public sealed interface EgressWay permits EgressGateway, Waypoint {

  /** The way of a sentence that leaves through it. */
  EgressPath path();
}
