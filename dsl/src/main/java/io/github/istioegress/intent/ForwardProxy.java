package io.github.istioegress.intent;

import java.util.List;

/**
 * An HTTP proxy outside the mesh that lets calls out of a closed network, {@code
 * ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4")}.
 *
 * <p>As a way it is not seen by the application: the sidecar asks the proxy for a tunnel to the
 * host (HTTP CONNECT; DestinationRule {@code trafficPolicy.tunnel}) and sends the application's
 * bytes through it. Istio opens tunnels for bytes and for TLS of the application, not for calls
 * that proxies of the mesh read as HTTP.
 *
 * <p>An application that asks the proxy itself, as those do that heed {@code HTTPS_PROXY}, needs no
 * such way. For the mesh it dials bytes: {@code
 * Egress.to("squid.corp.example").tcp(3128).at("10.9.0.4").direct()}. Both may be said side by
 * side.
 *
 * @param host its name, for the resources; nobody looks it up
 * @param port the port on which it takes CONNECT
 * @param addresses its addresses
 */
public record ForwardProxy(ExternalHost host, int port, List<String> addresses) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when the host is a wildcard, the port out of range, or an
   *     address none
   */
  public ForwardProxy {
    EgressPort.checkNumber(port);
    addresses = Handling.none().at(addresses).addresses();
    boolean range = addresses.stream().anyMatch(address -> address.contains("/"));
    if (host.isWildcard() || addresses.isEmpty() || range) {
      throw new IllegalArgumentException(
          "forward proxy %s:%s at %s: name one host and its single addresses, as in ForwardProxy.at(\"squid.corp.example\", 3128).ip(\"10.9.0.4\")"
              .formatted(host, port, addresses));
    }
  }

  /** A forward proxy whose addresses are still to be said. */
  public static Unplaced at(String host, int port) {
    return new Unplaced(new ExternalHost(host), port);
  }

  /**
   * A forward proxy whose addresses are still to be said.
   *
   * @param host its name
   * @param port the port on which it takes CONNECT
   */
  public record Unplaced(ExternalHost host, int port) {
    /**
     * Its addresses (ServiceEntry {@code endpoints}).
     *
     * @throws IllegalArgumentException when there is none, or one is no single address
     */
    public ForwardProxy ip(String... addresses) {
      return new ForwardProxy(host, port, List.of(addresses));
    }
  }

  /** {@code squid.corp.example:3128}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
