package io.github.istioegress.trace.envoy;

import java.util.Optional;

/**
 * The name that Istio gives to a cluster, {@code outbound|80|cnn|edition.cnn.com}.
 *
 * @param port the service's port
 * @param subset the subset; empty for the whole service
 * @param host the service's host
 */
public record ClusterName(int port, String subset, String host) {

  /** The cluster that sends a connection where the application dialled. */
  public static final String PASSTHROUGH = "PassthroughCluster";

  /** The cluster that refuses every connection. */
  public static final String BLACK_HOLE = "BlackHoleCluster";

  /** What a route leads to whose backend the Gateway API does not allow; no proxy has it. */
  static final String UNKNOWN = "UnknownService";

  /** Reads a name; empty where it is not of a service. */
  public static Optional<ClusterName> parse(String name) {
    String[] parts = name.split("\\|", -1);
    if (parts.length != 4 || !parts[0].equals("outbound")) {
      return Optional.empty();
    }
    return Optional.of(new ClusterName(Integer.parseInt(parts[1]), parts[2], parts[3]));
  }

  /** The SNI that mutual TLS of the mesh bears where nothing else is said. */
  String defaultSni() {
    return "outbound_." + port + "_." + subset + "_." + host;
  }

  @Override
  public String toString() {
    return "outbound|" + port + "|" + subset + "|" + host;
  }
}
