package io.github.istioegress.trace.envoy;

/**
 * A connection as it reaches a proxy.
 *
 * @param address the address it was dialled at
 * @param port the port it was dialled at
 * @param speaks what its first bytes are
 * @param sni the server name of its TLS hello; empty without
 */
public record Connection(String address, int port, Speech speaks, String sni) {

  /** What the first bytes of a connection are. */
  public enum Speech {
    /** Plaintext HTTP. */
    HTTP,
    /** A TLS hello. */
    TLS,
    /** Neither. */
    BYTES
  }
}
