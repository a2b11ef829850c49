package io.github.istioegress.intent;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One sentence: calls to a host and port leave by a path. What may be said of it beyond that
 * depends on what proxies can do with the calls: {@link HttpIntent}, {@link GatewayIntent}. Each
 * word yields another value; none changes the one it is said of.
 */
public sealed interface EgressIntent permits HttpIntent, GatewayIntent {

  /** A sentence without further words. */
  static HttpGatewayIntent of(ExternalHost host, EgressPort port, EgressPath path, Origin origin) {
    return of(host, port, path, Handling.none(), origin);
  }

  /**
   * A sentence without further words that is handled in some way. Words that do not fit it are
   * refused when they are said; the language offers only those that fit.
   *
   * @throws IllegalArgumentException when host, port, path and handling do not fit each other
   */
  static HttpGatewayIntent of(
      ExternalHost host, EgressPort port, EgressPath path, Handling handling, Origin origin) {
    return Sentence.checked(
        new Sentence(
            host,
            port,
            path,
            handling,
            TrafficPolicy.none(),
            Admission.everyone(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            origin));
  }

  /** The host outside. */
  ExternalHost host();

  /** The port and what is spoken there. */
  EgressPort port();

  /** The way out. */
  EgressPath path();

  /** TLS origination, addresses, and how a wildcard is served. */
  Handling handling();

  /** Timeouts, retries, connections. */
  TrafficPolicy policy();

  /** Who may call, and what. */
  Admission admission();

  /**
   * Who sees the resources; where empty, another sentence on the host decides, else {@link
   * Visibility#AS_ASKED}.
   */
  Optional<Visibility> visibility();

  /** The protocol word of the ServiceEntry port, where one was given. */
  Optional<DeclaredProtocol> declaredProtocol();

  /** Names given instead of derived ones. */
  Map<NamedObject, String> names();

  /** The Java line of the sentence; takes no part in equality. */
  Origin origin();

  /** Names the ServiceEntry, and with it every name that is derived from it. */
  EgressIntent named(String name);

  /** Names the sentence's port in the ServiceEntry. */
  EgressIntent portNamed(String name);

  /**
   * Names the subset of the gateway's Service that carries the calls.
   *
   * @throws IllegalArgumentException when the way has no gateway, or the name is no DNS label
   */
  EgressIntent subset(String name);

  /**
   * Names the VirtualService.
   *
   * @throws IllegalArgumentException when the way has no gateway, or the name is not valid
   */
  EgressIntent virtualServiceNamed(String name);

  /**
   * Names the DestinationRule for the gateway's Service.
   *
   * @throws IllegalArgumentException when the way has no gateway, or the name is not valid
   */
  EgressIntent destinationRuleNamed(String name);

  /**
   * Names the Gateway resource.
   *
   * @throws IllegalArgumentException when the way has no gateway, or the name is not valid
   */
  EgressIntent gatewayNamed(String name);

  /**
   * Sets the protocol word of the ServiceEntry port, to adopt a live object.
   *
   * @throws IllegalArgumentException when the word means another protocol than the sentence says
   */
  EgressIntent declaredAs(DeclaredProtocol protocol);

  /** Says who sees the resources of the host. */
  EgressIntent visible(Visibility to);

  /**
   * The last proxy on the way holds at most so many connections to the host at a time ({@code
   * connectionPool.tcp.maxConnections}); each proxy counts its own.
   *
   * @throws IllegalArgumentException when it is less than 1, or the host is a wildcard
   */
  EgressIntent connections(int most);

  /**
   * The last proxy on the way waits so long for a connection to the host ({@code
   * connectionPool.tcp.connectTimeout}).
   *
   * @throws IllegalArgumentException when it is shorter than a millisecond, or the host is a
   *     wildcard
   */
  EgressIntent connectTimeout(Duration longest);

  /**
   * The last proxy on the way leaves an address of the host alone for a while after faults ({@code
   * outlierDetection}).
   *
   * @throws IllegalArgumentException when the host is a wildcard, or answers are counted that the
   *     proxy cannot read
   */
  EgressIntent ejectAfter(Ejection ejection);

  /** The host that the last proxy goes to: for a wildcard the one that serves it, if one does. */
  default ExternalHost target() {
    return handling()
        .serving()
        .map(how -> how.match(Serving.ServedBy::host, this::host, this::host))
        .orElse(host());
  }

  /** The host whose name the last proxy calls, where all calls go to one. */
  default ExternalHost calledByName() {
    return handling()
        .answering()
        .map(how -> how.match(Answering.Other::host, canary -> host(), failover -> host()))
        .orElse(host());
  }

  /** True where a DestinationRule has to say how the last proxy goes to the host. */
  default boolean hasOutsideRule() {
    // The rule of a forward proxy is about that proxy.
    return path().forwardProxy().isEmpty()
        && (handling().origination().isPresent()
            || policy().isOfConnections()
            || handling().isSplit()
            || handling().failsOver());
  }

  /** The name of the ServiceEntry port: the one given, else that of the port. */
  default String portName() {
    String given = names().get(NamedObject.PORT);
    return given == null ? port().name() : given;
  }

  /** The protocol word of the ServiceEntry port. */
  default DeclaredProtocol protocolWord() {
    return declaredProtocol().orElseGet(() -> DeclaredProtocol.of(port().protocol()));
  }
}
