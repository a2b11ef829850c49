package io.github.istioegress.intent;

/** What the sidecar speaks to the egress gateway. */
public enum GatewayHop {
  /** What the application sent, with nothing around it. */
  PLAIN,
  /** Mutual TLS of the mesh around it, so that the gateway knows who calls. */
  ISTIO_MUTUAL
}
