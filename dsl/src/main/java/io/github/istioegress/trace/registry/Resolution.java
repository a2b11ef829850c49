package io.github.istioegress.trace.registry;

/** How a proxy finds the addresses of a service ({@code spec.resolution}). */
public enum Resolution {
  /** From the control plane: Services of the cluster, ServiceEntry STATIC. */
  ENDPOINTS,
  /** By DNS, all addresses. */
  DNS,
  /** By DNS, one address after the other. */
  DNS_ROUND_ROBIN,
  /** The address that the caller dialled. */
  NONE,
  /** By DNS of the name that the call bears. */
  DYNAMIC_DNS
}
