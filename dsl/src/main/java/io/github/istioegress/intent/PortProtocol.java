package io.github.istioegress.intent;

/** What the application speaks on a port, as far as it decides the way out. */
public enum PortProtocol {
  /** Plaintext HTTP/1.1 at the pod: routed by its Host header. */
  HTTP("http"),
  /** Plaintext HTTP/2 at the pod, from the first byte. */
  HTTP2("http2"),
  /** gRPC without TLS at the pod. */
  GRPC("grpc"),
  /** TLS from the pod on: passed through, routed by its SNI, never opened. */
  TLS("tls"),
  /** Bytes that name no host: routed by the address dialled. */
  TCP("tcp");

  private final String word;

  PortProtocol(String word) {
    this.word = word;
  }

  /** The word of the language for it, {@code http} or {@code tls}. */
  public String word() {
    return word;
  }

  /** True where proxies read requests: HTTP in any form, without TLS of the application. */
  public boolean isReadable() {
    return this == HTTP || this == HTTP2 || this == GRPC;
  }
}
