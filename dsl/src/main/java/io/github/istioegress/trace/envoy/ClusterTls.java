package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.github.istioegress.trace.registry.DestinationPolicy;
import io.github.istioegress.trace.registry.Scope;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The TLS that a cluster speaks, from the settings that hold for it. */
final class ClusterTls {

  private final Scope scope;
  private final ClusterName name;
  private final String requestHost;
  private final boolean dynamic;

  /**
   * Prepares the choice.
   *
   * @param scope the proxy
   * @param name the cluster
   * @param requestHost the host of the request; empty for bytes
   * @param dynamic true where the name of the request is looked up, and so is its SNI
   */
  ClusterTls(Scope scope, ClusterName name, String requestHost, boolean dynamic) {
    this.scope = scope;
    this.name = name;
    this.requestHost = requestHost;
    this.dynamic = dynamic;
  }

  UpstreamTls of(EffectivePolicy effective, Optional<DestinationPolicy> policy) {
    if (effective.tls().isEmpty()) {
      return UpstreamTls.NONE;
    }
    ClientTLSSettings tls = effective.tls().get();
    boolean selective = policy.map(DestinationPolicy::selective).orElse(false);
    ClientTLSSettingsTLSmode mode =
        Objects.requireNonNullElse(tls.getMode(), ClientTLSSettingsTLSmode.DISABLE);
    return switch (mode) {
      case DISABLE -> UpstreamTls.NONE;
      case ISTIO_MUTUAL -> mesh(tls);
      case SIMPLE ->
          dropsCredential(tls, selective) ? UpstreamTls.NONE : own(tls, UpstreamTls.Mode.SIMPLE);
      case MUTUAL ->
          dropsCredential(tls, selective) || lacksCertificate(tls)
              ? UpstreamTls.NONE
              : own(tls, UpstreamTls.Mode.MUTUAL);
    };
  }

  /** A sidecar takes a credential only from a rule for some pods; otherwise it drops TLS. */
  private boolean dropsCredential(ClientTLSSettings tls, boolean selective) {
    String credential = text(tls.getCredentialName());
    return !scope.gateway()
        && !selective
        && !credential.isEmpty()
        && !credential.startsWith("configmap://");
  }

  private static boolean lacksCertificate(ClientTLSSettings tls) {
    return text(tls.getCredentialName()).isEmpty()
        && (text(tls.getClientCertificate()).isEmpty() || text(tls.getPrivateKey()).isEmpty());
  }

  private UpstreamTls mesh(ClientTLSSettings tls) {
    String said = text(tls.getSni());
    return new UpstreamTls(
        UpstreamTls.Mode.ISTIO_MUTUAL,
        said.isEmpty() ? (dynamic ? requestHost : name.defaultSni()) : said,
        sans(tls),
        "ROOTCA",
        "default");
  }

  private UpstreamTls own(ClientTLSSettings tls, UpstreamTls.Mode mode) {
    String said = text(tls.getSni());
    String credential = text(tls.getCredentialName());
    String ca = text(tls.getCaCertificates());
    boolean mutual = mode == UpstreamTls.Mode.MUTUAL;
    return new UpstreamTls(
        mode,
        said.isEmpty() ? requestHost : said,
        sans(tls),
        Boolean.TRUE.equals(tls.getInsecureSkipVerify())
            ? ""
            : !credential.isEmpty() ? credential : ca.isEmpty() ? "system" : ca,
        mutual ? (credential.isEmpty() ? text(tls.getClientCertificate()) : credential) : "");
  }

  private static List<String> sans(ClientTLSSettings tls) {
    return List.copyOf(tls.getSubjectAltNames());
  }

  private static String text(@org.jspecify.annotations.Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
