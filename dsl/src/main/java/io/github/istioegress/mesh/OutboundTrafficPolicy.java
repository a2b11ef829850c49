package io.github.istioegress.mesh;

/**
 * What a sidecar does with a call to a destination that no resource declares ({@code
 * meshConfig.outboundTrafficPolicy.mode}).
 */
public enum OutboundTrafficPolicy {
  /** Undeclared calls pass as the application dialled them; Istio's default. */
  ALLOW_ANY,
  /** Undeclared calls are refused: only what the registry knows can be reached. */
  REGISTRY_ONLY
}
