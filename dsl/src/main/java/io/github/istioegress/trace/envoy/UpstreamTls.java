package io.github.istioegress.trace.envoy;

import java.util.List;

/**
 * The TLS that a proxy speaks to where it sends a call.
 *
 * @param mode NONE, SIMPLE, MUTUAL or ISTIO_MUTUAL
 * @param sni the server name it asks for; empty without TLS
 * @param sans the names that the server's certificate must have; empty where they follow from sni
 * @param ca the authorities it trusts; empty without TLS
 * @param clientCert the certificate it shows; empty where none
 */
public record UpstreamTls(Mode mode, String sni, List<String> sans, String ca, String clientCert) {

  /** Plain bytes, or the application's own TLS, passed on as it is. */
  public static final UpstreamTls NONE = new UpstreamTls(Mode.NONE, "", List.of(), "", "");

  /** How a proxy speaks TLS ({@code tls.mode} of a DestinationRule). */
  public enum Mode {
    /** None of its own. */
    NONE,
    /** It verifies the server. */
    SIMPLE,
    /** It also shows a certificate. */
    MUTUAL,
    /** Mutual TLS with the certificates of the mesh. */
    ISTIO_MUTUAL
  }
}
