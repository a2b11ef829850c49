package io.github.istioegress.expansion.install;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayPort;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.PortProtocol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
  static List<Named> of(EgressPlan plan, EgressGateway gateway) {
    List<Named> ports = new ArrayList<>();
    for (GatewayPort port : gateway.ports()) {
      String name = name(port.port(), protocols(plan, gateway, port.port()));
      ports.add(new Named(name, port.port(), port.targetPort()));
    }
    return List.copyOf(ports);
  }

  private static Set<PortProtocol> protocols(EgressPlan plan, EgressGateway gateway, int port) {
    return plan.namespaces().stream()
        .map(NamespaceEgress::intents)
        .flatMap(List::stream)
        .filter(intent -> intent.path().gateway().filter(gateway::equals).isPresent())
        .map(EgressIntent::port)
        .filter(said -> said.number() == port)
        .map(said -> said.protocol())
        .collect(Collectors.toSet());
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
