package io.github.istioegress.trace.registry;

import java.util.Arrays;
import java.util.Locale;

/** The protocols that Istio tells apart on a port ({@code ports[].protocol}). */
public enum Protocol {
  /** Plaintext HTTP/1.1. */
  HTTP("http", Family.HTTP),
  /** An HTTP proxy's port, in a Sidecar. */
  HTTP_PROXY("http_proxy", Family.HTTP),
  /** Plaintext HTTP/2. */
  HTTP2("http2", Family.HTTP),
  /** gRPC. */
  GRPC("grpc", Family.HTTP),
  /** gRPC-Web. */
  GRPC_WEB("grpc-web", Family.HTTP),
  /** TLS by the application; a terminating server on a Gateway. */
  HTTPS("https", Family.TCP),
  /** TLS by SNI. */
  TLS("tls", Family.TCP),
  /** Bytes. */
  TCP("tcp", Family.TCP),
  /** MongoDB. */
  MONGO("mongo", Family.TCP),
  /** Redis. */
  REDIS("redis", Family.TCP),
  /** MySQL, whose server speaks first. */
  MYSQL("mysql", Family.TCP),
  /** Datagrams, which no proxy handles. */
  UDP("udp", Family.NONE),
  /** Unset or unknown: found out by looking at the first bytes. */
  UNSUPPORTED("", Family.AUTO);

  /** What kind of listener a protocol gets. */
  private enum Family {
    HTTP,
    TCP,
    AUTO,
    NONE
  }

  private final String text;
  private final Family family;

  Protocol(String text, Family family) {
    this.text = text;
    this.family = family;
  }

  /** Reads a protocol as Istio does: without case, the unknown as {@link #UNSUPPORTED}. */
  public static Protocol parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(protocol -> protocol != UNSUPPORTED && protocol.text.equals(lower))
        .findFirst()
        .orElse(UNSUPPORTED);
  }

  /** True where requests go on as HTTP/2. */
  public boolean isHttp2() {
    return this == HTTP2 || this == GRPC || this == GRPC_WEB;
  }

  /** True for HTTP and what is carried by it. */
  public boolean isHttp() {
    return family == Family.HTTP;
  }

  /** True for everything handled as bytes, TLS included. */
  public boolean isTcp() {
    return family == Family.TCP;
  }

  /** True where the SNI tells the destination. */
  public boolean isTls() {
    return this == HTTPS || this == TLS;
  }

  /** True where the protocol is found out from the first bytes. */
  public boolean isSniffed() {
    return family == Family.AUTO;
  }

  /** True where routes by HTTP apply. */
  public boolean isHttpOrSniffed() {
    return isHttp() || isSniffed();
  }

  /** True for MongoDB and MySQL, which share a port with nothing else. */
  public boolean isServerFirst() {
    return this == MONGO || this == MYSQL;
  }
}
