package io.github.istioegress.intent;

/** The APIs in which the way through an egress gateway is written. */
public enum GatewayFlavor {
  /** Istio's own: Gateway and VirtualService, for pods that somebody brings up. */
  ISTIO_API,
  /** The Gateway API of Kubernetes: Gateway and routes, of which istiod brings up the pods. */
  GATEWAY_API
}
