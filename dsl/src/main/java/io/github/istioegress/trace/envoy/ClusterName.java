package io.github.istioegress.trace.envoy;

import java.util.Optional;

/**
 * The name that Istio gives to a cluster, {@code outbound|80|cnn|edition.cnn.com}.
 *
 * @param direction {@code outbound}, or {@code inbound-vip} for what a waypoint serves
 * @param port the service's port
 * @param subset the subset; empty for the whole service. A waypoint puts {@code http} or {@code
 *     tcp} before it
 * @param host the service's host
 */
public record ClusterName(String direction, int port, String subset, String host) {

  /** The cluster that sends a connection where the application dialled. */
  public static final String PASSTHROUGH = "PassthroughCluster";

  /** The cluster that refuses every connection. */
  public static final String BLACK_HOLE = "BlackHoleCluster";

  /** What a route leads to whose backend the Gateway API does not allow; no proxy has it. */
  static final String UNKNOWN = "UnknownService";

  private static final String OUTBOUND = "outbound";
  private static final String SERVED = "inbound-vip";

  /** A cluster for what a proxy sends to a service. */
  ClusterName(int port, String subset, String host) {
    this(OUTBOUND, port, subset, host);
  }

  /** A cluster of a service that a waypoint serves. */
  static ClusterName served(int port, String subset, String host) {
    return new ClusterName(SERVED, port, subset, host);
  }

  /** True where a waypoint serves the service. */
  boolean isServed() {
    return direction.equals(SERVED);
  }

  /** Reads a name; empty where it is not of a service. */
  public static Optional<ClusterName> parse(String name) {
    String[] parts = name.split("\\|", -1);
    if (parts.length != 4 || !(parts[0].equals(OUTBOUND) || parts[0].equals(SERVED))) {
      return Optional.empty();
    }
    return Optional.of(new ClusterName(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3]));
  }

  /** The SNI that mutual TLS of the mesh bears where nothing else is said. */
  String defaultSni() {
    return "outbound_." + port + "_." + subset + "_." + host;
  }

  @Override
  public String toString() {
    return direction + "|" + port + "|" + subset + "|" + host;
  }
}
