package io.github.istioegress.trace.policy;

import io.github.istioegress.trace.envoy.Request;
import java.util.Optional;

/**
 * What a proxy knows of a call when it asks its policies.
 *
 * @param peer who calls, as far as mesh mutual TLS proved it
 * @param sni the server name of the TLS hello, in lower case; empty where none was read
 * @param port the port that the connection goes to, at a gateway that of its pods
 * @param request the request; empty where the proxy passes bytes on
 */
public record Access(Identity peer, String sni, int port, Optional<Request> request) {

  /** The same, where the proxy reads a request. */
  public Access reading(Request read) {
    return new Access(peer, sni, port, Optional.of(read));
  }
}
