package io.github.istioegress.intent;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One sentence: calls to a host and port leave by a path.
 *
 * @param host the host outside
 * @param port the port and what is spoken there
 * @param path the way out
 * @param handling TLS origination, addresses, and how a wildcard is served
 * @param visibility who sees the resources; where empty, another sentence on the host decides, else
 *     {@link Visibility#AS_ASKED}
 * @param declaredProtocol the protocol word of the ServiceEntry port; where empty, HTTP or TLS
 * @param names names given instead of derived ones
 * @param origin the Java line of the sentence; takes no part in equality
 */
public record EgressIntent(
    ExternalHost host,
    EgressPort port,
    EgressPath path,
    Handling handling,
    Optional<Visibility> visibility,
    Optional<DeclaredProtocol> declaredProtocol,
    Map<NamedObject, String> names,
    Origin origin) {

  /**
   * Checks what the types cannot.
   *
   * @throws IllegalArgumentException when the gateway's Service lacks the port, or a declared
   *     protocol means something else than the sentence
   */
  public EgressIntent {
    Objects.requireNonNull(visibility, "visibility");
    names = names.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(names));
    checkGatewayPort(host, port, path);
    checkWildcard(host, path, handling);
    checkRange(host, port, path, handling);
    if (declaredProtocol.isPresent() && declaredProtocol.get().meaning() != port.protocol()) {
      throw new IllegalArgumentException(
          host
              + " "
              + port
              + " cannot be declared as "
              + declaredProtocol.get()
              + ": that means "
              + declaredProtocol.get().meaning().word()
              + " at the pod");
    }
  }

  /** A sentence without further words. */
  public static EgressIntent of(
      ExternalHost host, EgressPort port, EgressPath path, Origin origin) {
    return of(host, port, path, Handling.none(), origin);
  }

  /** A sentence without further words that is handled in some way. */
  public static EgressIntent of(
      ExternalHost host, EgressPort port, EgressPath path, Handling handling, Origin origin) {
    return new EgressIntent(
        host, port, path, handling, Optional.empty(), Optional.empty(), Map.of(), origin);
  }

  private static void checkGatewayPort(ExternalHost host, EgressPort port, EgressPath path) {
    path.gateway()
        .filter(gateway -> !gateway.hasPort(port.number()))
        .ifPresent(
            gateway -> {
              throw new IllegalArgumentException(
                  host
                      + " "
                      + port
                      + " cannot go via "
                      + gateway
                      + ": its Service has the ports "
                      + gateway.ports().stream().map(GatewayPort::port).toList()
                      + "; add port("
                      + port.number()
                      + ", <pod port>) to the gateway");
            });
  }

  private static void checkWildcard(ExternalHost host, EgressPath path, Handling handling) {
    if (host.isWildcard() != handling.serving().isPresent()) {
      throw new IllegalArgumentException(
          host.isWildcard()
              ? "host '%s' is a wildcard: say toAnyOf, and how its hosts are found".formatted(host)
              : "host '%s' is no wildcard: say to".formatted(host));
    }
    boolean served =
        handling.serving().map(how -> how.match(by -> true, () -> false, () -> false)).orElse(true);
    if (!served && path.gateway().isPresent()) {
      throw new IllegalArgumentException(
          "%s cannot go via %s: the gateway cannot find the host of a call; say servedBy, or direct()"
              .formatted(host, path.gateway().get()));
    }
    if (host.isWildcard() && path.hop() == GatewayHop.ISTIO_MUTUAL) {
      throw new IllegalArgumentException(
          "%s cannot go over Istio mutual TLS: the hop has one SNI, a wildcard has many hosts"
              .formatted(host));
    }
  }

  private static void checkRange(
      ExternalHost host, EgressPort port, EgressPath path, Handling handling) {
    if (handling.isRange() && path.gateway().isPresent()) {
      throw new IllegalArgumentException(
          "%s %s at %s cannot go via %s: the gateway cannot tell which address of a range was dialled; name single addresses, or say direct()"
              .formatted(host, port, handling.addresses(), path.gateway().get()));
    }
  }

  /** Names the ServiceEntry, and with it every name that is derived from it. */
  public EgressIntent named(String name) {
    Names.checkResourceName("name", name);
    return name(NamedObject.SERVICE_ENTRY, name);
  }

  /** Names the sentence's port in the ServiceEntry. */
  public EgressIntent portNamed(String name) {
    Names.checkLabel("port name", name);
    return name(NamedObject.PORT, name);
  }

  /**
   * Names the subset of the gateway's Service that carries the calls.
   *
   * @throws IllegalArgumentException when the way has no gateway, or the name is no DNS label
   */
  public EgressIntent subset(String name) {
    Names.checkLabel("subset", name);
    return gatewayName(NamedObject.SUBSET, name);
  }

  /**
   * Names the VirtualService.
   *
   * @throws IllegalArgumentException when the way has no gateway, or the name is not valid
   */
  public EgressIntent virtualServiceNamed(String name) {
    return gatewayName(NamedObject.VIRTUAL_SERVICE, name);
  }

  /**
   * Names the DestinationRule for the gateway's Service.
   *
   * @throws IllegalArgumentException when the way has no gateway, or the name is not valid
   */
  public EgressIntent destinationRuleNamed(String name) {
    return gatewayName(NamedObject.DESTINATION_RULE, name);
  }

  /**
   * Names the Gateway resource.
   *
   * @throws IllegalArgumentException when the way has no gateway, or the name is not valid
   */
  public EgressIntent gatewayNamed(String name) {
    return gatewayName(NamedObject.GATEWAY, name);
  }

  /**
   * Sets the protocol word of the ServiceEntry port, to adopt a live object.
   *
   * @throws IllegalArgumentException when the word means another protocol than the sentence says
   */
  public EgressIntent declaredAs(DeclaredProtocol protocol) {
    return new EgressIntent(
        host, port, path, handling, visibility, Optional.of(protocol), names, origin);
  }

  /** Says who sees the resources of the host. */
  public EgressIntent visible(Visibility to) {
    return new EgressIntent(
        host, port, path, handling, Optional.of(to), declaredProtocol, names, origin);
  }

  /** The host that the last proxy goes to: for a wildcard the one that serves it, if one does. */
  public ExternalHost target() {
    return handling
        .serving()
        .map(how -> how.match(Serving.ServedBy::host, () -> host, () -> host))
        .orElse(host);
  }

  /** The name of the ServiceEntry port: the one given, else that of the port. */
  public String portName() {
    String given = names.get(NamedObject.PORT);
    return given == null ? port.name() : given;
  }

  /** The protocol word of the ServiceEntry port. */
  public DeclaredProtocol protocolWord() {
    return declaredProtocol.orElseGet(() -> DeclaredProtocol.of(port.protocol()));
  }

  private EgressIntent gatewayName(NamedObject object, String name) {
    if (path.gateway().isEmpty()) {
      throw new IllegalArgumentException(
          object.word()
              + "(\""
              + name
              + "\") has nothing to name: "
              + host
              + " "
              + port
              + " leaves directly, without a gateway; say via(gateway) or leave the name out");
    }
    Names.checkResourceName(object.word(), name);
    return name(object, name);
  }

  private EgressIntent name(NamedObject object, String name) {
    EnumMap<NamedObject, String> more = new EnumMap<>(NamedObject.class);
    more.putAll(names);
    more.put(object, name);
    return new EgressIntent(host, port, path, handling, visibility, declaredProtocol, more, origin);
  }

  /** The sentence in the words of the language. */
  @Override
  public String toString() {
    String begin = host.isWildcard() ? "Egress.toAnyOf(\"" : "Egress.to(\"";
    String served = handling.serving().map(how -> "." + how).orElse("");
    String addresses =
        handling.addresses().isEmpty()
            ? ""
            : ".at(\"" + String.join("\", \"", handling.addresses()) + "\")";
    String tls = handling.origination().map(how -> "." + how).orElse("");
    String only =
        handling
            .origination()
            .flatMap(TlsOrigination::only)
            .map(pods -> ".only(" + pods + ")")
            .orElse("");
    return begin + host + "\")" + served + "." + port + addresses + tls + "." + path + only;
  }
}
