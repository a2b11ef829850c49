package io.github.istioegress.intent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all sentences through one gateway have to agree on, in whatever namespace they are said. */
final class SharedGateways {

  private SharedGateways() {}

  /**
   * Checks that each gateway is described in one way, and that each of its ports takes one
   * protocol.
   *
   * @throws IllegalArgumentException when two sentences do not agree, naming both lines
   */
  static void check(List<NamespaceEgress> namespaces) {
    Map<String, EgressIntent> byGateway = new HashMap<>();
    Map<String, EgressIntent> byPort = new HashMap<>();
    for (NamespaceEgress said : namespaces) {
      for (EgressIntent intent : said.intents()) {
        if (intent.path().gateway().isEmpty()) {
          continue;
        }
        EgressGateway gateway = intent.path().gateway().get();
        String service = gateway.toString();
        described(gateway, byGateway.putIfAbsent(service, intent), intent);
        spoken(byPort.putIfAbsent(service + ":" + intent.port().number(), intent), intent);
      }
    }
  }

  private static void described(
      EgressGateway gateway, @Nullable EgressIntent first, EgressIntent second) {
    if (first != null && !first.path().equals(second.path())) {
      throw refused(
          first,
          second,
          " describe egress gateway "
              + gateway
              + " differently: give it the same labels and ports, best as one value");
    }
  }

  private static void spoken(@Nullable EgressIntent first, EgressIntent second) {
    if (first != null && first.port().protocol() != second.port().protocol()) {
      throw refused(
          first,
          second,
          " contradict each other on port "
              + second.port().number()
              + " of the gateway: a gateway's port takes either HTTP or TLS; send one of them"
              + " through another port");
    }
  }

  private static IllegalArgumentException refused(
      EgressIntent first, EgressIntent second, String what) {
    return new IllegalArgumentException(
        first
            + " at "
            + first.origin().place()
            + " and "
            + second
            + " at "
            + second.origin().place()
            + what);
  }
}
