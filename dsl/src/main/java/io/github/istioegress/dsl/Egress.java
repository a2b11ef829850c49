package io.github.istioegress.dsl;

import io.github.istioegress.intent.Ca;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.Handling;
import io.github.istioegress.intent.MutualHop;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.PortProtocol;
import io.github.istioegress.intent.Serving;
import io.github.istioegress.intent.TlsOrigination;
import java.util.List;

/**
 * Begins a sentence: {@code Egress.to("edition.cnn.com").port(80).via(gateway)}.
 *
 * <p>Each step is an immutable value with only the words that are legal next; an unfinished
 * sentence may be kept and used again. The last word of the way, {@code direct()} or {@code
 * via(...)}, yields the {@link EgressIntent}; words about names and visibility follow it.
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
    return new To(new Said(new ExternalHost(host), Handling.none(), Origin.caller()));
  }

  /**
   * Says that all hosts below a domain are meant.
   *
   * @param wildcard {@code *.example.com}; example.com itself is not among them
   * @throws IllegalArgumentException when it is no such wildcard
   */
  public static AnyOf toAnyOf(String wildcard) {
    if (!wildcard.startsWith("*.")) {
      throw new IllegalArgumentException(
          "host '%s' is no wildcard: say to(\"%s\"), or write *.example.com"
              .formatted(wildcard, wildcard));
    }
    return new AnyOf(new Said(new ExternalHost(wildcard), Handling.none(), Origin.caller()));
  }

  /** What is said so far. */
  private record Said(ExternalHost host, Handling handling, Origin origin) {
    Said handled(Handling other) {
      return new Said(host, other, origin);
    }

    EgressIntent by(EgressPort port, EgressPath path) {
      return EgressIntent.of(host, port, path, handling, origin);
    }
  }

  /** A host whose port is still to be said. */
  public static final class To {
    private final Said said;

    private To(Said said) {
      this.said = said;
    }

    /**
     * The application speaks plaintext HTTP on this port, 1 to 65535.
     *
     * @throws IllegalArgumentException when the number is out of range or reserved by the proxy
     */
    public Plain http(int port) {
      return new Plain(said, new EgressPort(port, PortProtocol.HTTP));
    }

    /** The application speaks plaintext HTTP/2 from the first byte; as {@link #http}. */
    public Plain http2(int port) {
      return new Plain(said, new EgressPort(port, PortProtocol.HTTP2));
    }

    /** The application speaks gRPC without TLS; as {@link #http}. */
    public Plain grpc(int port) {
      return new Plain(said, new EgressPort(port, PortProtocol.GRPC));
    }

    /**
     * The application itself speaks TLS on this port, 1 to 65535; nobody on the way opens it.
     *
     * @throws IllegalArgumentException when the number is out of range or reserved by the proxy
     */
    public Path tls(int port) {
      return new Path(said, new EgressPort(port, PortProtocol.TLS));
    }

    /**
     * The application speaks something else on this port; its addresses are to be said next, for
     * bytes name no host.
     *
     * @throws IllegalArgumentException when the number is out of range or reserved by the proxy
     */
    public Stream tcp(int port) {
      return new Stream(said, new EgressPort(port, PortProtocol.TCP));
    }

    /**
     * The usual protocol of a well-known port: HTTP on 80, TLS on 443.
     *
     * @throws IllegalArgumentException for any other port, which does not say its protocol
     */
    public Path port(int port) {
      return new Path(said, EgressPort.guess(port));
    }
  }

  /** A host and port whose way is still to be said. */
  public static sealed class Path permits Plain {
    private final Said said;
    private final EgressPort port;

    private Path(Said said, EgressPort port) {
      this.said = said;
      this.port = port;
    }

    /** Calls leave straight from the sidecar: app, sidecar, host. Yields a ServiceEntry. */
    public EgressIntent direct() {
      return said.by(port, EgressPath.direct());
    }

    /**
     * Calls leave through an egress gateway: app, sidecar, gateway, host. Yields ServiceEntry,
     * Gateway, DestinationRule and VirtualService.
     *
     * @throws IllegalArgumentException when the gateway's Service does not have the port
     */
    public EgressIntent via(EgressGateway gateway) {
      return said.by(port, EgressPath.through(gateway));
    }

    /**
     * The same with mutual TLS of the mesh between sidecar and gateway ({@code
     * gateway.overIstioMutualTls()}).
     *
     * @throws IllegalArgumentException when the gateway's Service does not have the port
     */
    public EgressIntent via(MutualHop hop) {
      return said.by(port, EgressPath.through(hop));
    }
  }

  /** A port of plaintext that proxies can read. */
  public static final class Plain extends Path {
    private final Said said;
    private final EgressPort port;

    private Plain(Said said, EgressPort port) {
      super(said, port);
      this.said = said;
      this.port = port;
    }

    /**
     * The last proxy on the way speaks TLS to the host, on port 443 unless told otherwise, and
     * verifies it. Yields a DestinationRule that only this proxy sees.
     */
    public Originated originateTls() {
      return new Originated(said, port, TlsOrigination.standard());
    }
  }

  /** A port whose plaintext becomes TLS at the last proxy. */
  public static final class Originated {
    private final Said said;
    private final EgressPort port;
    private final TlsOrigination tls;

    private Originated(Said said, EgressPort port, TlsOrigination tls) {
      this.said = said;
      this.port = port;
      this.tls = tls;
    }

    /** TLS is spoken on this port of the host, 1 to 65535. */
    public Originated toPort(int other) {
      return new Originated(said, port, tls.toPort(other));
    }

    /** These authorities are trusted, instead of the system's. */
    public Originated trusting(Ca ca) {
      return new Originated(said, port, tls.trusting(ca));
    }

    /** The server's certificate must have one of these names, instead of the host's. */
    public Originated san(String... names) {
      return new Originated(said, port, tls.expecting(List.of(names)));
    }

    /** The proxy shows the client certificate in this secret, which also holds the authorities. */
    public Authenticated clientCertificate(String secret) {
      return new Authenticated(said, port, tls.showing(secret));
    }

    /** The sidecar speaks TLS to the host: app, sidecar, host. */
    public EgressIntent direct() {
      return said.handled(said.handling().originating(tls)).by(port, EgressPath.direct());
    }

    /** The gateway speaks TLS to the host; the hop to it is plaintext. */
    public EgressIntent via(EgressGateway gateway) {
      return said.handled(said.handling().originating(tls)).by(port, EgressPath.through(gateway));
    }

    /** The gateway speaks TLS to the host; the hop to it is mutual TLS of the mesh. */
    public EgressIntent via(MutualHop hop) {
      return said.handled(said.handling().originating(tls)).by(port, EgressPath.through(hop));
    }
  }

  /** A port whose plaintext becomes TLS with a client certificate at the last proxy. */
  public static final class Authenticated {
    private final Said said;
    private final EgressPort port;
    private final TlsOrigination tls;

    private Authenticated(Said said, EgressPort port, TlsOrigination tls) {
      this.said = said;
      this.port = port;
      this.tls = tls;
    }

    /** Sidecars show the certificate; which ones is to be said next. */
    public Only direct() {
      return new Only(said, port, tls);
    }

    /** The gateway shows the certificate, from a secret in its own namespace. */
    public EgressIntent via(EgressGateway gateway) {
      return said.handled(said.handling().originating(tls)).by(port, EgressPath.through(gateway));
    }

    /** The same; the hop to the gateway is mutual TLS of the mesh. */
    public EgressIntent via(MutualHop hop) {
      return said.handled(said.handling().originating(tls)).by(port, EgressPath.through(hop));
    }
  }

  /** A client certificate whose pods are still to be said. */
  public static final class Only {
    private final Said said;
    private final EgressPort port;
    private final TlsOrigination tls;

    private Only(Said said, EgressPort port, TlsOrigination tls) {
      this.said = said;
      this.port = port;
      this.tls = tls;
    }

    /** The sidecars of these pods; without a selection Istio would send plaintext instead. */
    public EgressIntent only(Pods pods) {
      return said.handled(said.handling().originating(tls.onlyBy(pods)))
          .by(port, EgressPath.direct());
    }
  }

  /** A port of bytes whose addresses are still to be said. */
  public static final class Stream {
    private final Said said;
    private final EgressPort port;

    private Stream(Said said, EgressPort port) {
      this.said = said;
      this.port = port;
    }

    /**
     * The host is dialled at these addresses.
     *
     * @throws IllegalArgumentException when one is no IP address, or there is none
     */
    public Path at(String... addresses) {
      if (addresses.length == 0) {
        throw new IllegalArgumentException(
            "%s %s names no address: bytes name no host, so say at(\"10.1.2.3\")"
                .formatted(said.host(), port));
      }
      return new Path(said.handled(said.handling().at(List.of(addresses))), port);
    }
  }

  /** A wildcard of which it is still to be said how its hosts are found. */
  public static final class AnyOf {
    private final Said said;

    private AnyOf(Said said) {
      this.said = said;
    }

    /** One host's servers answer for every name; calls leave through a gateway to that host. */
    public Served servedBy(String host) {
      Serving by = Serving.by(new ExternalHost(host));
      return new Served(said.handled(said.handling().served(by)));
    }

    /** Sidecars go where the application dialled: the name is the caller's word, no boundary. */
    public Unserved unresolved() {
      return new Unserved(said.handled(said.handling().served(Serving.unresolved())));
    }

    /** Sidecars look up the name of each call themselves; Istio 1.30 and newer. */
    public Unserved dynamicDns() {
      return new Unserved(said.handled(said.handling().served(Serving.dynamicDns())));
    }
  }

  /** A wildcard served by one host. */
  public static final class Served {
    private final Said said;

    private Served(Said said) {
      this.said = said;
    }

    /** The application itself speaks TLS on this port, 1 to 65535. */
    public ServedPort tls(int port) {
      return new ServedPort(said, new EgressPort(port, PortProtocol.TLS));
    }
  }

  /** A port of a wildcard served by one host. */
  public static final class ServedPort {
    private final Said said;
    private final EgressPort port;

    private ServedPort(Said said, EgressPort port) {
      this.said = said;
      this.port = port;
    }

    /** Calls leave through the gateway, which sends every name to the one host. */
    public EgressIntent via(EgressGateway gateway) {
      return said.by(port, EgressPath.through(gateway));
    }
  }

  /** A wildcard whose hosts each have servers of their own. */
  public static final class Unserved {
    private final Said said;

    private Unserved(Said said) {
      this.said = said;
    }

    /** The application speaks plaintext HTTP on this port, 1 to 65535. */
    public UnservedPort http(int port) {
      return new UnservedPort(said, new EgressPort(port, PortProtocol.HTTP));
    }

    /** The application itself speaks TLS on this port, 1 to 65535. */
    public UnservedPort tls(int port) {
      return new UnservedPort(said, new EgressPort(port, PortProtocol.TLS));
    }
  }

  /** A port of a wildcard whose hosts each have servers of their own. */
  public static final class UnservedPort {
    private final Said said;
    private final EgressPort port;

    private UnservedPort(Said said, EgressPort port) {
      this.said = said;
      this.port = port;
    }

    /** Calls leave straight from the sidecar; behind a gateway such hosts cannot be reached. */
    public EgressIntent direct() {
      return said.by(port, EgressPath.direct());
    }
  }
}
