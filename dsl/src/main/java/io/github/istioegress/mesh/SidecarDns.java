package io.github.istioegress.mesh;

/**
 * Whether sidecars answer the name look-ups of their pods ({@code defaultConfig.proxyMetadata} of
 * the mesh config).
 *
 * @param capture true where they do ({@code ISTIO_META_DNS_CAPTURE})
 * @param autoAllocate true where hosts without an address get one even before Istio 1.25 ({@code
 *     ISTIO_META_DNS_AUTO_ALLOCATE})
 */
public record SidecarDns(boolean capture, boolean autoAllocate) {

  /** Istio's default: pods ask the resolver that the cluster gives them. */
  public static final SidecarDns OFF = new SidecarDns(false, false);

  /** True where a sidecar answers with addresses that istiod gives to hosts without one. */
  public boolean usesAllocated(IstioVersion version) {
    return capture && (autoAllocate || version.atLeast(IstioVersion.of(1, 25)));
  }
}
