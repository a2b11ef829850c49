package io.github.istioegress.intent;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the Gateway API cannot say. Its routes lead to a port of a Service and know no subset, so
 * all calls to a port of the gateway share what a rule says of that port.
 */
final class GatewayApiCheck {

  /** The most listeners that a Gateway takes. */
  private static final int LISTENERS = 64;

  private static final Map<NamedObject, String> ONLY_CLASSIC = new EnumMap<>(NamedObject.class);

  static {
    ONLY_CLASSIC.put(NamedObject.SUBSET, "its routes know no subsets");
    ONLY_CLASSIC.put(NamedObject.VIRTUAL_SERVICE, "it has routes of its own kinds");
    ONLY_CLASSIC.put(NamedObject.DESTINATION_RULE, "the rule is named by the gateway");
    ONLY_CLASSIC.put(NamedObject.GATEWAY, "the Gateway bears the name that the gateway was given");
  }

  /** What a port of the gateway takes. */
  private enum Use {
    HTTP("plain HTTP"),
    MUTUAL_HTTP("HTTP in mutual TLS of the mesh"),
    TLS("TLS that is passed through"),
    MUTUAL_BYTES("bytes in mutual TLS of the mesh"),
    BYTES("plain bytes");

    private final String words;

    Use(String words) {
      this.words = words;
    }

    static Use of(EgressIntent intent) {
      boolean mutual = intent.path().hop() == GatewayHop.ISTIO_MUTUAL;
      if (intent.port().protocol().isReadable()) {
        return mutual ? MUTUAL_HTTP : HTTP;
      }
      return mutual ? MUTUAL_BYTES : intent.port().protocol() == PortProtocol.TLS ? TLS : BYTES;
    }
  }

  private GatewayApiCheck() {}

  private static boolean isFor(EgressIntent intent) {
    return intent
        .path()
        .gateway()
        .filter(gateway -> gateway.flavor() == GatewayFlavor.GATEWAY_API)
        .isPresent();
  }

  /**
   * Checks the words of a sentence.
   *
   * @throws IllegalArgumentException when the Gateway API has nothing for one of them
   */
  static void check(EgressIntent said) {
    if (!isFor(said)) {
      return;
    }
    ONLY_CLASSIC.forEach(
        (object, why) -> {
          String name = said.names().get(object);
          if (name != null) {
            refuse(said, "%s(\"%s\")".formatted(object.word(), name), why + "; leave it out");
          }
        });
    said.handling()
        .answering()
        .ifPresent(
            how ->
                refuse(
                    said,
                    how.toString(),
                    "not offered; use a gateway of Istio's own API, whose routes tell the hosts"
                        + " apart by subsets"));
    said.path()
        .forwardProxy()
        .ifPresent(
            proxy ->
                refuse(
                    said,
                    "through(" + proxy + ")",
                    "a tunnel is a subset of the forward proxy, and its routes know no subsets; use"
                        + " a gateway of Istio's own API"));
    boolean lookedUp =
        said.handling()
            .serving()
            .filter(how -> how.match(by -> false, () -> false, () -> true))
            .isPresent();
    if (lookedUp) {
      refuse(
          said,
          "dynamicDns(mesh)",
          "a Hostname that its routes lead to is one host; use a gateway of Istio's own API");
    }
    if (said.policy().retries().isPresent()) {
      refuse(
          said,
          said.policy().retries().get().toString(),
          "its routes say no retries in the standard channel; leave it out, or use a gateway of"
              + " Istio's own API");
    }
    if (said.policy().fault().isPresent()) {
      refuse(
          said,
          "fault(" + said.policy().fault().get() + ")",
          "its routes make no faults; leave it out, or use a gateway of Istio's own API");
    }
  }

  private static void refuse(EgressIntent said, String word, String why) {
    throw new IllegalArgumentException(
        "%s %s.%s%s cannot be said in the Gateway API: %s"
            .formatted(said.host(), said.port(), said.path(), "." + word, why));
  }

  /**
   * Checks what the sentences of a plan make of each gateway.
   *
   * @throws IllegalArgumentException when a port would have to take two things at once, or there
   *     are more listeners than a Gateway takes
   */
  static void check(List<NamespaceEgress> namespaces) {
    Map<String, EgressIntent> byPort = new HashMap<>();
    Map<EgressGateway, Set<String>> listeners = new HashMap<>();
    for (NamespaceEgress said : namespaces) {
      for (EgressIntent intent : said.intents()) {
        if (isFor(intent)) {
          EgressGateway gateway = intent.path().gateway().orElseThrow();
          together(byPort.putIfAbsent(gateway + ":" + intent.port().number(), intent), intent);
          boolean shared = Use.of(intent) == Use.MUTUAL_HTTP;
          Set<String> own = listeners.computeIfAbsent(gateway, g -> new HashSet<>());
          own.add(intent.port().number() + (shared ? "" : " " + intent.host()));
          if (own.size() > LISTENERS) {
            throw new IllegalArgumentException(
                "%s at %s is one listener too many for egress gateway %s: a Gateway of the Gateway API takes %s, one for each host and port; begin a second gateway, or say via(gateway.overIstioMutualTls()), by which the HTTP hosts of a port share one"
                    .formatted(intent, intent.origin().place(), gateway, LISTENERS));
          }
        }
      }
    }
  }

  private static void together(@Nullable EgressIntent first, EgressIntent second) {
    if (first == null) {
      return;
    }
    String port = " port " + second.port().number() + " of egress gateway ";
    EgressGateway gateway = second.path().gateway().orElseThrow();
    Use one = Use.of(first);
    Use other = Use.of(second);
    if (one != other) {
      throw Contradiction.between(
          first,
          second,
          "bring %s and %s to%s%s: routes of the Gateway API name no subset, so one rule holds for all that goes to the port; send one of them through another port"
              .formatted(one.words, other.words, port, gateway));
    }
    if (one == Use.MUTUAL_BYTES && !first.host().equals(second.host())) {
      throw Contradiction.between(
          first,
          second,
          "bring bytes of two hosts in mutual TLS of the mesh to%s%s: routes of the Gateway API name no subset, so the port has one SNI and cannot tell them apart; send one of them through another port"
              .formatted(port, gateway));
    }
  }
}
