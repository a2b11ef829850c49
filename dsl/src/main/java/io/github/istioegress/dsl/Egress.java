package io.github.istioegress.dsl;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.PortProtocol;

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
    return new To(new ExternalHost(host), Origin.caller());
  }

  /** A host whose port is still to be said. */
  public static final class To {
    private final ExternalHost host;
    private final Origin origin;

    private To(ExternalHost host, Origin origin) {
      this.host = host;
      this.origin = origin;
    }

    /**
     * The application speaks plaintext HTTP on this port, 1 to 65535.
     *
     * @throws IllegalArgumentException when the number is out of range or reserved by the proxy
     */
    public Path http(int port) {
      return on(new EgressPort(port, PortProtocol.HTTP));
    }

    /**
     * The application itself speaks TLS on this port, 1 to 65535; nobody on the way opens it.
     *
     * @throws IllegalArgumentException when the number is out of range or reserved by the proxy
     */
    public Path tls(int port) {
      return on(new EgressPort(port, PortProtocol.TLS));
    }

    /**
     * The usual protocol of a well-known port: HTTP on 80, TLS on 443.
     *
     * @throws IllegalArgumentException for any other port, which does not say its protocol
     */
    public Path port(int port) {
      return on(EgressPort.guess(port));
    }

    private Path on(EgressPort port) {
      return new Path(host, port, origin);
    }
  }

  /** A host and port whose way is still to be said. */
  public static final class Path {
    private final ExternalHost host;
    private final EgressPort port;
    private final Origin origin;

    private Path(ExternalHost host, EgressPort port, Origin origin) {
      this.host = host;
      this.port = port;
      this.origin = origin;
    }

    /** Calls leave straight from the sidecar: app, sidecar, host. Yields a ServiceEntry. */
    public EgressIntent direct() {
      return EgressIntent.of(host, port, EgressPath.direct(), origin);
    }

    /**
     * Calls leave through an egress gateway: app, sidecar, gateway, host. Yields ServiceEntry,
     * Gateway, DestinationRule and VirtualService.
     *
     * @throws IllegalArgumentException when the gateway's Service does not have the port
     */
    public EgressIntent via(EgressGateway gateway) {
      return EgressIntent.of(host, port, EgressPath.through(gateway), origin);
    }
  }
}
