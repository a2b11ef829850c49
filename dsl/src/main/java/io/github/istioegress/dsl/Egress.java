package io.github.istioegress.dsl;

import io.github.istioegress.intent.Ca;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressWay;
import io.github.istioegress.intent.ForwardProxy;
import io.github.istioegress.intent.GatewayIntent;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.HttpIntent;
import io.github.istioegress.intent.MutualHop;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.PlainHop;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.ProxiedGateway;
import java.util.List;
import java.util.function.Function;

/**
 * Begins a sentence: {@code Egress.to("edition.cnn.com").port(80).via(gateway)}.
 *
 * <p>Each step is an immutable value with only the words that are legal next; an unfinished
 * sentence may be kept and used again. The last word of the way, {@code direct()} or {@code
 * via(...)}, yields the {@link EgressIntent}; words about names and visibility follow it. A word
 * refuses what is not valid with an {@link IllegalArgumentException} that says value and remedy.
 */
public final class Egress {

  private Egress() {}

  /**
   * Says which host outside the mesh is meant.
   *
   * @param host its fully qualified name, {@code edition.cnn.com}; becomes a ServiceEntry host
   * @throws IllegalArgumentException when it is no such name: a scheme, a port, a path, a wildcard
   */
  public static To to(String host) {
    if (host.startsWith("*")) {
      throw new IllegalArgumentException(
          "host '%s' is a wildcard: say toAnyOf(\"%s\"), and how its hosts are found"
              .formatted(host, host));
    }
    return SaidHost.of(host, Origin.caller());
  }

  /**
   * Says the same of several hosts: {@code Egress.toAll(hosts, to -> to.tls(443).via(gateway))}.
   *
   * @param hosts their fully qualified names
   * @param sentence says what follows the host
   * @return a sentence for each host, in order
   * @throws IllegalArgumentException when one is no such name, or none is given
   */
  public static <I extends EgressIntent> List<I> toAll(
      List<String> hosts, Function<To, I> sentence) {
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("no host is given: name one, or leave toAll(...) out");
    }
    return hosts.stream().map(Egress::to).map(sentence).toList();
  }

  /**
   * Says that all hosts below a domain are meant.
   *
   * @param wildcard {@code *.example.com}; example.com itself is not among them
   * @throws IllegalArgumentException when it is no such wildcard
   */
  public static AnyHost toAnyOf(String wildcard) {
    if (!wildcard.startsWith("*.")) {
      throw new IllegalArgumentException(
          "host '%s' is no wildcard: say to(\"%s\"), or write *.example.com"
              .formatted(wildcard, wildcard));
    }
    return SaidHost.of(wildcard, Origin.caller());
  }

  /** A host whose port is still to be said: 1 to 65535, without those of the proxy itself. */
  public sealed interface To extends AnsweredHost permits SaidHost {
    /** The application speaks plaintext HTTP on this port. */
    Plain http(int port);

    /** The application speaks plaintext HTTP/2 from the first byte. */
    Plain http2(int port);

    /** The application speaks gRPC without TLS. */
    Plain grpc(int port);

    /** The application itself speaks TLS on this port; nobody on the way opens it. */
    Unread tls(int port);

    /**
     * The application speaks something else on this port; its addresses are to be said next, for
     * bytes name no host.
     */
    Stream tcp(int port);

    /**
     * The usual protocol of a well-known port: HTTP on 80, TLS on 443.
     *
     * @throws IllegalArgumentException for any other port, which does not say its protocol
     */
    Path port(int port);
  }

  /** What may leave through a gateway. */
  public sealed interface ThroughGateway permits Path, HttpThroughGateway {
    /**
     * Calls leave through an egress gateway, of Istio's own API or of the Kubernetes Gateway API:
     * app, sidecar, gateway, host. Yields ServiceEntry, Gateway, DestinationRule and routes for
     * both legs. Where TLS is originated, the gateway does it; a client certificate's secret lies
     * in the gateway's namespace.
     *
     * <p>Or they leave through a waypoint: app, ztunnel, waypoint, host. Yields, in the waypoint's
     * namespace, ServiceEntry, DestinationRule and an AuthorizationPolicy by which only pods of the
     * saying namespaces may call. The tunnel to it proves who calls.
     *
     * @throws IllegalArgumentException when the gateway's Service does not have the port; at a
     *     waypoint for bytes, which ztunnel may send past it
     */
    GatewayIntent via(EgressWay way);

    /**
     * The same with mutual TLS of the mesh between sidecar and gateway ({@code
     * gateway.overIstioMutualTls()}).
     *
     * @throws IllegalArgumentException when the gateway's Service does not have the port
     */
    GatewayIntent via(MutualHop hop);

    /**
     * The same with nothing around what the application sent ({@code gateway.plainHop()}): the
     * gateway cannot tell who calls, so no word may ask it to.
     *
     * @throws IllegalArgumentException when the gateway's Service does not have the port
     */
    EgressIntent via(PlainHop hop);
  }

  /** What may leave through a gateway that reads it as HTTP. */
  public sealed interface HttpThroughGateway extends ThroughGateway
      permits Plain, Originated, Authenticated {
    @Override
    HttpGatewayIntent via(EgressWay way);

    @Override
    HttpGatewayIntent via(MutualHop hop);

    @Override
    HttpIntent via(PlainHop hop);
  }

  /** A host and port whose way is still to be said. */
  public sealed interface Path extends ThroughGateway permits Plain, Unread {
    /** Calls leave straight from the sidecar: app, sidecar, host. Yields a ServiceEntry. */
    EgressIntent direct();
  }

  /** A port of bytes, or of TLS that nobody on the way opens. */
  public sealed interface Unread extends Path permits SaidPort {
    /** Calls leave through a tunnel of HTTP CONNECT: app, sidecar, forward proxy outside, host. */
    EgressIntent via(ForwardProxy proxy);

    /**
     * Calls leave through an egress gateway and a tunnel of HTTP CONNECT ({@code
     * gateway.through(proxy)}): app, sidecar, gateway, forward proxy outside, host.
     *
     * @throws IllegalArgumentException when the gateway's Service does not have the port
     */
    GatewayIntent via(ProxiedGateway way);
  }

  /** A port of plaintext that proxies can read. */
  public sealed interface Plain extends Path, HttpThroughGateway permits SaidPort {
    /**
     * The last proxy on the way speaks TLS to the host, on port 443 unless told otherwise, and
     * verifies it. Yields a DestinationRule that holds for this proxy alone.
     */
    Originated originateTls();

    @Override
    HttpIntent direct();
  }

  /** A port whose plaintext becomes TLS at the last proxy. */
  public sealed interface Originated extends HttpThroughGateway permits SaidTls {
    /** TLS is spoken on this port of the host, 1 to 65535. */
    Originated toPort(int other);

    /** These authorities are trusted, instead of the system's. */
    Originated trusting(Ca ca);

    /** The server's certificate must have one of these names, instead of the host's. */
    Originated san(String... names);

    /** The proxy shows the client certificate in this secret, which also holds the authorities. */
    Authenticated clientCertificate(String secret);

    /** The sidecar speaks TLS to the host: app, sidecar, host. */
    HttpIntent direct();
  }

  /** A port whose plaintext becomes TLS with a client certificate at the last proxy. */
  public sealed interface Authenticated extends HttpThroughGateway permits SaidCertificate {
    /** Sidecars show the certificate; which ones is to be said next. */
    Only direct();
  }

  /** A client certificate whose pods are still to be said. */
  public sealed interface Only permits SaidCertificate {
    /** The sidecars of these pods; without a selection Istio would send plaintext instead. */
    HttpIntent only(Pods pods);
  }

  /** A port of bytes whose addresses are still to be said. */
  public sealed interface Stream permits SaidPort {
    /**
     * The host is dialled at these addresses; ranges such as {@code 10.1.0.0/16} go directly only.
     *
     * @throws IllegalArgumentException when one is no IP address, or there is none
     */
    Unread at(String... addresses);
  }
}
