package io.github.istioegress.mesh;

import java.util.Objects;

/**
 * The part of Istio's mesh config that decides about egress.
 *
 * @param outboundTrafficPolicy what happens to undeclared calls
 * @param accessLogFile where proxies write their access log, {@code /dev/stdout} for standard
 *     output; empty for no log, as in Istio
 * @param rootNamespace the namespace whose rules hold mesh-wide, {@code istio-system} by default
 */
public record MeshConfig(
    OutboundTrafficPolicy outboundTrafficPolicy, String accessLogFile, String rootNamespace) {

  /** Refuses nulls. */
  public MeshConfig {
    Objects.requireNonNull(outboundTrafficPolicy, "outboundTrafficPolicy");
    Objects.requireNonNull(accessLogFile, "accessLogFile");
    Objects.requireNonNull(rootNamespace, "rootNamespace");
  }

  /** Istio's own defaults: ALLOW_ANY, no access log, root namespace {@code istio-system}. */
  public static MeshConfig istioDefault() {
    return new MeshConfig(OutboundTrafficPolicy.ALLOW_ANY, "", "istio-system");
  }

  /** The same with another outbound traffic policy. */
  public MeshConfig withOutboundTrafficPolicy(OutboundTrafficPolicy policy) {
    return new MeshConfig(policy, accessLogFile, rootNamespace);
  }

  /** The same with another access log file. */
  public MeshConfig withAccessLogFile(String file) {
    return new MeshConfig(outboundTrafficPolicy, file, rootNamespace);
  }
}
