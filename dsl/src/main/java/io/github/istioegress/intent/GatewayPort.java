package io.github.istioegress.intent;

/**
 * A port of an egress gateway's Service and the pod port behind it.
 *
 * @param port the Service's port, which routes name
 * @param targetPort the port on which the gateway's pods listen
 */
public record GatewayPort(int port, int targetPort) implements Comparable<GatewayPort> {

  /**
   * Checks both numbers.
   *
   * @throws IllegalArgumentException when one is out of range
   */
  public GatewayPort {
    EgressPort.checkNumber(port);
    EgressPort.checkNumber(targetPort);
  }

  @Override
  public int compareTo(GatewayPort other) {
    return Integer.compare(port, other.port);
  }
}
