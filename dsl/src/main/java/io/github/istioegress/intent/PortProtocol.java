package io.github.istioegress.intent;

/** What the application speaks on a port, as far as it decides the way out. */
public enum PortProtocol {
  /** Plaintext HTTP at the pod: routed by its Host header. */
  HTTP("http"),
  /** TLS from the pod on: passed through, routed by its SNI, never opened. */
  TLS("tls");

  private final String word;

  PortProtocol(String word) {
    this.word = word;
  }

  /** The word of the language for it, {@code http} or {@code tls}. */
  public String word() {
    return word;
  }
}
