package io.github.istioegress.intent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    if (first != null && !first.path().forwardProxy().equals(intent.path().forwardProxy())) {
      throw Contradiction.between(
          first,
          intent,
          "describe the forward proxy "
              + proxy.host()
              + " differently: give it the same port and addresses, best as one value");
    }
  }

  /**
   * Checks all namespaces of a plan: of a forward proxy that several of them know, a gateway takes
   * the entry and the rule of one.
   *
   * @throws IllegalArgumentException when these would not hold all tunnels, naming two lines
   */
  static void checkShared(List<NamespaceEgress> namespaces) {
    Map<String, NamespaceEgress> first = new HashMap<>();
    for (NamespaceEgress said : namespaces) {
      for (EgressIntent intent : said.intents()) {
        intent.path().forwardProxy().ifPresent(proxy -> shared(first, said, intent, proxy));
      }
    }
  }

  private static void shared(
      Map<String, NamespaceEgress> byPlace,
      NamespaceEgress said,
      EgressIntent intent,
      ForwardProxy proxy) {
    String place =
        intent.path().gateway().map(EgressGateway::namespace).orElse(said.namespace().name());
    NamespaceEgress first = byPlace.putIfAbsent(place + "/" + proxy.host(), said);
    if (first == null || tunnels(first, proxy.host()).equals(tunnels(said, proxy.host()))) {
      return;
    }
    EgressIntent other =
        first.intents().stream()
            .filter(one -> isThrough(one, proxy.host()))
            .findFirst()
            .orElseThrow();
    throw Contradiction.between(
        other,
        intent,
        "lead two namespaces through the forward proxy %s behind one gateway, which takes the tunnels of one namespace alone: give the proxy a name for each, as in ForwardProxy.at(\"%s.%s\", %s), for nobody looks it up; or use a gateway each"
            .formatted(proxy.host(), said.namespace().name(), proxy.host(), proxy.port()));
  }

  private static boolean isThrough(EgressIntent intent, ExternalHost proxy) {
    return intent.path().forwardProxy().filter(one -> one.host().equals(proxy)).isPresent();
  }

  private static Set<List<Object>> tunnels(NamespaceEgress said, ExternalHost proxy) {
    return said.intents().stream()
        .filter(intent -> isThrough(intent, proxy))
        .map(
            intent ->
                List.<Object>of(
                    intent.host(),
                    intent.port(),
                    intent.policy(),
                    intent.path().forwardProxy().orElseThrow()))
        .collect(Collectors.toSet());
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
          "know the forward proxy by different ports or addresses: say tcp(%s) of it at %s"
              .formatted(proxy.port(), proxy.addresses()));
    }
  }
}
