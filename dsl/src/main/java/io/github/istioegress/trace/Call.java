package io.github.istioegress.trace;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call that a pod makes.
 *
 * @param name what reports call it
 * @param from the calling pod
 * @param scheme what the application speaks
 * @param host the host it names
 * @param port the port it dials
 * @param method the method it asks with, with HTTP
 * @param path the path it asks for, with HTTP
 * @param address what its resolver answered; empty where nothing is said
 * @param sni the server name in its TLS hello; empty for the host
 * @param headers further request headers
 */
public record Call(
    String name,
    Caller from,
    Scheme scheme,
    String host,
    int port,
    String method,
    String path,
    String address,
    String sni,
    Map<String, String> headers) {

  private static final Pattern URL =
      Pattern.compile("(http|https|tls|tcp)://([^/:\\s]+|\\[[0-9a-fA-F:]+])(?::(\\d+))?(/\\S*)?");

  /** What an application speaks. */
  public enum Scheme {
    /** Plaintext HTTP. */
    HTTP(80),
    /** HTTP over TLS of its own. */
    HTTPS(443),
    /** TLS of its own. */
    TLS(0),
    /** Bytes. */
    TCP(0);

    private final int usualPort;

    Scheme(int usualPort) {
      this.usualPort = usualPort;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isTls() {
      return this == HTTPS || this == TLS;
    }
  }

  /** Orders the headers, by lower-case name. */
  public Call {
    TreeMap<String, String> lower = new TreeMap<>();
    headers.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
    headers = Collections.unmodifiableMap(lower);
  }

  /**
   * A call by its URL.
   *
   * @param from the calling pod
   * @param url {@code http://host[:port][/path]}, {@code https://...}, {@code tls://host:port} or
   *     {@code tcp://host:port}
   * @throws IllegalArgumentException when it is not of this form
   */
  public static Call to(Caller from, String url) {
    Matcher matcher = URL.matcher(url.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          ("call '%s' is not of the form http://host[:port][/path], https://host[:port][/path],"
                  + " tls://host:port or tcp://host:port")
              .formatted(url));
    }
    Scheme scheme = Scheme.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    String said = matcher.group(3);
    int port = said == null ? scheme.usualPort : parsePort(url, said);
    if (port == 0) {
      throw new IllegalArgumentException(
          "call '%s' names no port: write %s://host:port".formatted(url, scheme.text()));
    }
    String path = matcher.group(4);
    return new Call(
        url.strip(),
        from,
        scheme,
        matcher.group(2),
        port,
        "GET",
        path == null ? "" : path,
        "",
        "",
        Map.of());
  }

  private static int parsePort(String url, String said) {
    int port = said.length() > 5 ? 0 : Integer.parseInt(said);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "call '%s' has port %s, which is out of range: use 1 to 65535".formatted(url, said));
    }
    return port;
  }

  /** The same under another name, with what a calls file adds. */
  public Call with(String otherName, String dialled, String serverName, Map<String, String> more) {
    return new Call(
        otherName.isEmpty() ? name : otherName,
        from,
        scheme,
        host,
        port,
        method,
        path,
        dialled,
        serverName,
        more);
  }

  /** The same with another method; empty for GET. */
  public Call withMethod(String other) {
    return new Call(
        name,
        from,
        scheme,
        host,
        port,
        other.isEmpty() ? "GET" : other,
        path,
        address,
        sni,
        headers);
  }

  /** The same made by another pod. */
  public Call by(Caller other) {
    return new Call(name, other, scheme, host, port, method, path, address, sni, headers);
  }

  /** The same words, Host header and server name included, said at another host and port. */
  public Call at(String otherHost, int otherPort) {
    TreeMap<String, String> said = new TreeMap<>(headers);
    said.put("host", hostHeader());
    return new Call(
        name,
        from,
        scheme,
        otherHost,
        otherPort,
        method,
        path,
        "",
        sni.isEmpty() ? host : sni,
        said);
  }

  /** The Host header: with the port where it is not the usual one. */
  String hostHeader() {
    String said = headers.get("host");
    if (said != null) {
      return said;
    }
    return port == scheme.usualPort ? host : host + ":" + port;
  }

  /** The URL with its port, {@code http://edition.cnn.com:80/politics}. */
  public String url() {
    return scheme.text() + "://" + host + ":" + port + path;
  }
}
