package io.github.istioegress.expansion.install;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.GatewayPort;
import io.github.istioegress.intent.PlanFacts;
import io.github.istioegress.intent.PortProtocol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The ports of an egress gateway's Service. The first word of a port's name tells istiod what the
 * sidecars speak to it: gRPC sent to a port that is named as bytes would lose its HTTP/2.
 */
final class GatewayPorts {

  private static final Set<PortProtocol> HTTP2 = EnumSet.of(PortProtocol.HTTP2, PortProtocol.GRPC);

  /** A port with its name. */
  record Named(String name, int port, int targetPort) {}

  private GatewayPorts() {}

  /** The ports, each named by what the plan sends through it. */
  static List<Named> of(PlanFacts facts, EgressGateway gateway) {
    List<Named> ports = new ArrayList<>();
    for (GatewayPort port : gateway.ports()) {
      String name = name(port.port(), facts.protocols(gateway, port.port()));
      ports.add(new Named(name, port.port(), port.targetPort()));
    }
    return List.copyOf(ports);
  }

  /** The usual ports, and those of which nothing is said, are named as Istio's own gateways do. */
  private static String name(int port, Set<PortProtocol> said) {
    if (port == 80) {
      return "http2";
    }
    if (said.stream().anyMatch(HTTP2::contains)) {
      return "http2-" + port;
    }
    if (said.contains(PortProtocol.HTTP)) {
      return "http-" + port;
    }
    return port == 443 ? "https" : "tcp-" + port;
  }
}
