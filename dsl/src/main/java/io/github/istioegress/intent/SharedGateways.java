package io.github.istioegress.intent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all sentences through one gateway have to agree on, in whatever namespace they are said. */
final class SharedGateways {

  private final Map<String, EgressIntent> byGateway = new HashMap<>();
  private final Map<String, EgressIntent> byPort = new HashMap<>();

  SharedGateways() {}

  /**
   * Checks that each gateway is described in one way, that each of its ports takes one protocol,
   * and that it finds one way for a host.
   *
   * @throws IllegalArgumentException when two sentences do not agree, naming both lines
   */
  static void check(List<NamespaceEgress> namespaces) {
    SharedGateways shared = new SharedGateways();
    Map<String, EgressIntent> byHost = new HashMap<>();
    Map<String, EgressIntent> byName = new HashMap<>();
    for (NamespaceEgress said : namespaces) {
      for (EgressIntent intent : said.intents()) {
        if (intent.path().gateway().isPresent()) {
          shared.check(intent);
          String service = intent.path().gateway().get().toString();
          String port = service + ":" + intent.port().number();
          alike(byHost.putIfAbsent(port + " " + intent.host(), intent), intent);
          answered(byName.putIfAbsent(service + " " + intent.host(), intent), intent);
        }
      }
    }
  }

  /**
   * Checks a sentence against those before it, as far as they need not name one host.
   *
   * @throws IllegalArgumentException when they do not agree, naming both lines
   */
  void check(EgressIntent intent) {
    intent
        .path()
        .gateway()
        .ifPresent(
            gateway -> {
              String service = gateway.toString();
              described(gateway, byGateway.putIfAbsent(service, intent), intent);
              String port = service + ":" + intent.port().number();
              spoken(byPort.putIfAbsent(port, intent), intent);
            });
  }

  private static void described(
      EgressGateway gateway, @Nullable EgressIntent first, EgressIntent second) {
    if (first != null && !first.path().gateway().equals(second.path().gateway())) {
      throw Contradiction.between(
          first,
          second,
          "describe egress gateway "
              + gateway
              + " differently: give it the same labels and ports, best as one value");
    }
  }

  /** What Istio keeps apart on a port of a gateway's pods; of two that differ it leaves one out. */
  private enum Server {
    HTTP,
    TLS,
    TCP
  }

  private static Server server(EgressIntent intent) {
    if (intent.path().hop() == GatewayHop.ISTIO_MUTUAL
        || intent.port().protocol() == PortProtocol.TLS) {
      return Server.TLS;
    }
    return intent.port().protocol().isReadable() ? Server.HTTP : Server.TCP;
  }

  private static void spoken(@Nullable EgressIntent first, EgressIntent second) {
    if (first == null) {
      return;
    }
    if (server(first) != server(second)) {
      throw Contradiction.between(
          first,
          second,
          "contradict each other on port "
              + second.port().number()
              + " of the gateway: a gateway's port takes either plain HTTP, TLS or plain bytes; send"
              + " one of them through another port, or both over Istio mutual TLS");
    }
    if (server(first) == Server.TCP && !first.host().equals(second.host())) {
      throw Contradiction.between(
          first,
          second,
          "meet on port "
              + second.port().number()
              + " of the gateway, and bytes name no host: say via(gateway.overIstioMutualTls()) in"
              + " both, or send one through another port");
    }
  }

  /** A gateway takes one ServiceEntry for a host, whatever the port. */
  private static void answered(@Nullable EgressIntent first, EgressIntent second) {
    if (first != null && !first.handling().answering().equals(second.handling().answering())) {
      throw Contradiction.between(
          first,
          second,
          "name different hosts that answer, and one gateway takes one ServiceEntry for the called"
              + " host; say the same in both, or use a gateway each");
    }
  }

  /** The rule for a host lies beside the gateway, and of two routes there the older holds. */
  private static void alike(@Nullable EgressIntent first, EgressIntent second) {
    if (first == null) {
      return;
    }
    if (!first.handling().origination().equals(second.handling().origination())) {
      throw Contradiction.between(
          first,
          second,
          "want different TLS of one gateway: it has one rule for a host and port; say the same in"
              + " both, or use a gateway each");
    }
    if (!first.path().hop().equals(second.path().hop())
        && (first.path().hop() == GatewayHop.ISTIO_MUTUAL
            || second.path().hop() == GatewayHop.ISTIO_MUTUAL)) {
      throw Contradiction.between(
          first,
          second,
          "bring one host to port "
              + second.port().number()
              + " of the gateway with and without mutual TLS of the mesh: its servers cannot tell"
              + " the two apart; say the same in both, or use a gateway each");
    }
    if (first.path().hop() == GatewayHop.ISTIO_MUTUAL
        && first.port().protocol().isReadable() != second.port().protocol().isReadable()) {
      throw Contradiction.between(
          first,
          second,
          "bring one host to port "
              + second.port().number()
              + " of the gateway once as HTTP and once as bytes, and its server reads either; send"
              + " one of them through another port, or use a gateway each");
    }
    if (!first.path().forwardProxy().equals(second.path().forwardProxy())) {
      throw Contradiction.between(
          first,
          second,
          "want one gateway to reach one host by different forward proxies: of two routes there the"
              + " older holds; say the same in both, or use a gateway each");
    }
    if (!first.policy().equals(second.policy())) {
      throw Contradiction.between(
          first,
          second,
          "want different patience of one gateway: it has one route and one rule for a host and"
              + " port; say the same timeouts, retries and connections in both, or use a gateway"
              + " each");
    }
  }
}
