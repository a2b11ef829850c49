package io.github.istioegress.intent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a namespace's sentences have to agree on where some lead through a forward proxy. */
final class ForwardProxyCheck {

  private ForwardProxyCheck() {}

  /**
   * Checks that each forward proxy is described in one way, by sentences to it as well.
   *
   * @throws IllegalArgumentException when two sentences do not agree, naming both lines
   */
  static void check(List<HostEgress> hosts) {
    Map<ExternalHost, EgressIntent> byProxy = new HashMap<>();
    for (HostEgress host : hosts) {
      for (EgressIntent intent : host.intents()) {
        intent.path().forwardProxy().ifPresent(proxy -> described(byProxy, proxy, intent));
      }
    }
    for (HostEgress host : hosts) {
      EgressIntent through = byProxy.get(host.host());
      if (through != null) {
        dialledAlike(through, through.path().forwardProxy().orElseThrow(), host);
      }
    }
  }

  private static void described(
      Map<ExternalHost, EgressIntent> byProxy, ForwardProxy proxy, EgressIntent intent) {
    EgressIntent first = byProxy.putIfAbsent(proxy.host(), intent);
    if (first != null && !first.path().equals(intent.path())) {
      throw Contradiction.between(
          first,
          intent,
          "describe the forward proxy "
              + proxy.host()
              + " differently: give it the same port and addresses, best as one value");
    }
  }

  /** A sentence to the proxy itself makes the one entry that the tunnels use, too. */
  private static void dialledAlike(EgressIntent through, ForwardProxy proxy, HostEgress host) {
    boolean same =
        host.addresses().equals(proxy.addresses())
            && host.intents().stream()
                .anyMatch(
                    intent -> intent.port().equals(new EgressPort(proxy.port(), PortProtocol.TCP)));
    if (!same) {
      throw Contradiction.between(
          through,
          host.intents().get(0),
          "know the forward proxy by different ports or addresses: say tcp(%d) of it at %s"
              .formatted(proxy.port(), proxy.addresses()));
    }
  }
}
