package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.Optional;

/** Whether a TLS session between a client and a terminating server comes about. */
final class Handshake {

  private Handshake() {}

  /**
   * Why it does not; empty where it does.
   *
   * @param server the mode of the server
   * @param client the session that the client begins; empty for plain bytes
   */
  static Optional<String> problem(String server, Optional<Wire.Layer> client) {
    if (client.isEmpty()) {
      return Optional.of("plain text reaches a port that expects TLS");
    }
    UpstreamTls.Mode mode = client.get().mode();
    boolean meshServer = server.equals("ISTIO_MUTUAL");
    boolean meshCertificate = meshServer || server.equals("ISTIO_SIMPLE");
    if (meshServer && mode != UpstreamTls.Mode.ISTIO_MUTUAL) {
      return Optional.of("mesh mutual TLS is expected, the client speaks " + mode);
    }
    if (!meshCertificate && mode == UpstreamTls.Mode.ISTIO_MUTUAL) {
      return Optional.of(
          "the client speaks mesh mutual TLS, the server has a certificate of its own");
    }
    if (server.equals("MUTUAL") && mode == UpstreamTls.Mode.SIMPLE) {
      return Optional.of("a client certificate is expected");
    }
    return Optional.empty();
  }
}
