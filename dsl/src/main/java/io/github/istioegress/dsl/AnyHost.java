package io.github.istioegress.dsl;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.VersionedMesh;
import io.github.istioegress.mesh.IstioVersion;

/** A wildcard of which it is still to be said how its hosts are found. */
public sealed interface AnyHost permits SaidHost {
  /**
   * One host's servers answer for every name; calls leave through a gateway to that host.
   *
   * @throws IllegalArgumentException when it is no fully qualified name of one host
   */
  Served servedBy(String host);

  /** Sidecars go where the application dialled: the name is the caller's word, no boundary. */
  Unserved unresolved();

  /**
   * The last proxy looks up the name of each call itself.
   *
   * @param mesh a mesh of Istio 1.30 or newer; an older one does not compile
   */
  LookedUp dynamicDns(VersionedMesh<? extends IstioVersion.Since1_30> mesh);

  /** A wildcard served by one host. */
  sealed interface Served permits SaidHost {
    /** The application itself speaks TLS on this port, 1 to 65535. */
    ServedPort tls(int port);
  }

  /** A port of a wildcard served by one host. */
  sealed interface ServedPort permits SaidPort {
    /** Calls leave through the gateway, which sends every name to the one host. */
    EgressIntent via(EgressGateway gateway);
  }

  /** A wildcard whose hosts each have servers of their own; ports as for one host. */
  sealed interface Unserved permits SaidHost {
    /** The application speaks plaintext HTTP on this port. */
    UnservedPort http(int port);

    /** The application speaks plaintext HTTP/2 from the first byte. */
    UnservedPort http2(int port);

    /** The application speaks gRPC without TLS. */
    UnservedPort grpc(int port);

    /** The application itself speaks TLS on this port. */
    UnservedPort tls(int port);
  }

  /** A port of a wildcard whose hosts each have servers of their own. */
  sealed interface UnservedPort permits LookedUpPort {
    /** Calls leave straight from the sidecar. */
    EgressIntent direct();
  }

  /**
   * A wildcard whose hosts a proxy looks up. HTTP/2 and gRPC are not offered: Envoy refuses the
   * cluster that Istio makes of them.
   */
  sealed interface LookedUp permits SaidHost {
    /** The application speaks plaintext HTTP on this port. */
    LookedUpPort http(int port);

    /** The application itself speaks TLS on this port; a gateway cannot look up its SNI. */
    UnservedPort tls(int port);
  }

  /** A port on which a proxy reads the name of each call. */
  sealed interface LookedUpPort extends UnservedPort permits SaidPort {
    /**
     * Calls leave through the gateway, which looks up their Host header. Istio documents this for
     * sidecars and waypoints; at gateways it was measured, in stock Envoys with the configuration
     * of 1.30 and 1.31.
     *
     * @throws IllegalArgumentException when the gateway's Service does not have the port
     */
    EgressIntent via(EgressGateway gateway);
  }
}
