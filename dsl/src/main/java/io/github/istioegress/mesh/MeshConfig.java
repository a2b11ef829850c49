package io.github.istioegress.mesh;

import java.util.List;
import java.util.Objects;

/**
 * The part of Istio's mesh config that decides about egress.
 *
 * @param outboundTrafficPolicy what happens to undeclared calls
 * @param accessLogFile where proxies write their access log, {@code /dev/stdout} for standard
 *     output; empty for no log, as in Istio
 * @param rootNamespace the namespace whose rules hold mesh-wide, {@code istio-system} by default
 * @param trustDomains the trust domain of the mesh's identities, {@code cluster.local} by default,
 *     and then its aliases
 * @param exportDefaults who sees resources without {@code exportTo}
 * @param dns whether sidecars answer the name look-ups of their pods
 */
public record MeshConfig(
    OutboundTrafficPolicy outboundTrafficPolicy,
    String accessLogFile,
    String rootNamespace,
    List<String> trustDomains,
    ExportDefaults exportDefaults,
    SidecarDns dns) {

  /** Refuses nulls. */
  public MeshConfig {
    Objects.requireNonNull(outboundTrafficPolicy, "outboundTrafficPolicy");
    Objects.requireNonNull(accessLogFile, "accessLogFile");
    Objects.requireNonNull(rootNamespace, "rootNamespace");
    Objects.requireNonNull(exportDefaults, "exportDefaults");
    Objects.requireNonNull(dns, "dns");
    trustDomains = List.copyOf(trustDomains);
  }

  /** A mesh whose identities are of {@code cluster.local}. */
  public MeshConfig(
      OutboundTrafficPolicy outboundTrafficPolicy, String accessLogFile, String rootNamespace) {
    this(
        outboundTrafficPolicy,
        accessLogFile,
        rootNamespace,
        List.of("cluster.local"),
        ExportDefaults.istioDefault(),
        SidecarDns.OFF);
  }

  /** Istio's own defaults: ALLOW_ANY, no access log, root namespace {@code istio-system}. */
  public static MeshConfig istioDefault() {
    return new MeshConfig(OutboundTrafficPolicy.ALLOW_ANY, "", "istio-system");
  }

  /** The same with another outbound traffic policy. */
  public MeshConfig withOutboundTrafficPolicy(OutboundTrafficPolicy policy) {
    return new MeshConfig(policy, accessLogFile, rootNamespace, trustDomains, exportDefaults, dns);
  }

  /** The same with another access log file. */
  public MeshConfig withAccessLogFile(String file) {
    return new MeshConfig(
        outboundTrafficPolicy, file, rootNamespace, trustDomains, exportDefaults, dns);
  }

  /** The same with another root namespace. */
  public MeshConfig withRootNamespace(String namespace) {
    return new MeshConfig(
        outboundTrafficPolicy, accessLogFile, namespace, trustDomains, exportDefaults, dns);
  }

  /** The same with another trust domain, and then its aliases. */
  public MeshConfig withTrustDomains(List<String> domains) {
    return new MeshConfig(
        outboundTrafficPolicy, accessLogFile, rootNamespace, domains, exportDefaults, dns);
  }

  /** The same with other defaults of who sees what. */
  public MeshConfig withExportDefaults(ExportDefaults defaults) {
    return new MeshConfig(
        outboundTrafficPolicy, accessLogFile, rootNamespace, trustDomains, defaults, dns);
  }

  /** The same with sidecars that answer name look-ups, or not. */
  public MeshConfig withDns(SidecarDns other) {
    return new MeshConfig(
        outboundTrafficPolicy, accessLogFile, rootNamespace, trustDomains, exportDefaults, other);
  }
}
