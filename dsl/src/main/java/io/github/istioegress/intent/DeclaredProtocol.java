package io.github.istioegress.intent;

/** The protocol word that a ServiceEntry port carries ({@code spec.ports[].protocol}). */
public enum DeclaredProtocol {
  /** Plaintext HTTP/1.1. */
  HTTP(PortProtocol.HTTP),
  /** Plaintext HTTP/2. */
  HTTP2(PortProtocol.HTTP2),
  /** gRPC without TLS. */
  GRPC(PortProtocol.GRPC),
  /** TLS by the application; on a ServiceEntry the same as {@link #TLS}. */
  HTTPS(PortProtocol.TLS),
  /** TLS by the application. */
  TLS(PortProtocol.TLS),
  /** Bytes. */
  TCP(PortProtocol.TCP);

  private final PortProtocol meaning;

  DeclaredProtocol(PortProtocol meaning) {
    this.meaning = meaning;
  }

  /** What the application has to speak on a port declared so. */
  public PortProtocol meaning() {
    return meaning;
  }

  /** The word we declare a port with unless told otherwise. */
  public static DeclaredProtocol of(PortProtocol protocol) {
    return switch (protocol) {
      case HTTP -> HTTP;
      case HTTP2 -> HTTP2;
      case GRPC -> GRPC;
      case TLS -> TLS;
      case TCP -> TCP;
    };
  }
}
