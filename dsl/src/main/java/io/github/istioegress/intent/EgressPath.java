package io.github.istioegress.intent;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The way a call takes out of the mesh. */
public sealed interface EgressPath {

  /** Straight from the sidecar to the host. */
  static EgressPath direct() {
    return new Direct();
  }

  /** Through an egress gateway or a waypoint, and from there to the host. */
  static EgressPath through(EgressWay way) {
    return way.path();
  }

  /** The same, with mutual TLS of the mesh between sidecar and gateway. */
  static EgressPath through(MutualHop hop) {
    return new ThroughGateway(hop.gateway(), GatewayHop.ISTIO_MUTUAL, Optional.empty());
  }

  /** The same with nothing around what the application sent, by a word of its own. */
  static EgressPath through(PlainHop hop) {
    return through(hop.gateway());
  }

  /** From the sidecar to a forward proxy outside, and inside a tunnel to the host. */
  static EgressPath through(ForwardProxy proxy) {
    return new ThroughForwardProxy(proxy);
  }

  /** From the sidecar to an egress gateway, and from there in the tunnel of a forward proxy. */
  static EgressPath through(ProxiedGateway way) {
    return new ThroughGateway(way.gateway(), way.hop(), Optional.of(way.proxy()));
  }

  /** Answers by the kind of way; a new kind breaks the compile of whoever has to decide. */
  <T> T match(
      Function<Direct, T> direct,
      Function<ThroughGateway, T> throughGateway,
      Function<ThroughForwardProxy, T> throughForwardProxy,
      Function<ThroughWaypoint, T> throughWaypoint);

  /** The gateway on the way, where there is one. */
  default Optional<EgressGateway> gateway() {
    return match(
        direct -> Optional.empty(),
        through -> Optional.of(through.egressGateway()),
        proxy -> Optional.empty(),
        waypoint -> Optional.empty());
  }

  /** The forward proxy on the way, where there is one. */
  default Optional<ForwardProxy> forwardProxy() {
    return match(
        direct -> Optional.empty(),
        ThroughGateway::beyond,
        proxy -> Optional.of(proxy.outside()),
        waypoint -> Optional.empty());
  }

  /** The waypoint on the way, where there is one. */
  default Optional<Waypoint> waypoint() {
    return match(
        direct -> Optional.empty(),
        through -> Optional.empty(),
        proxy -> Optional.empty(),
        through -> Optional.of(through.egressWaypoint()));
  }

  /** True where no proxy stands between the caller's own and the host. */
  default boolean isDirect() {
    return match(direct -> true, through -> false, proxy -> false, waypoint -> false);
  }

  /** What the sidecar speaks to the gateway; PLAIN where there is none. */
  default GatewayHop hop() {
    return match(
        direct -> GatewayHop.PLAIN,
        ThroughGateway::gatewayHop,
        proxy -> GatewayHop.PLAIN,
        waypoint -> GatewayHop.PLAIN);
  }

  /** The same with mutual TLS of the mesh to the gateway, where there is one. */
  default EgressPath overIstioMutualTls() {
    return match(
        direct -> this,
        through ->
            new ThroughGateway(through.egressGateway(), GatewayHop.ISTIO_MUTUAL, through.beyond()),
        proxy -> this,
        waypoint -> this);
  }

  /** app, sidecar, host. */
  record Direct() implements EgressPath {
    @Override
    public <T> T match(
        Function<Direct, T> direct,
        Function<ThroughGateway, T> throughGateway,
        Function<ThroughForwardProxy, T> throughForwardProxy,
        Function<ThroughWaypoint, T> throughWaypoint) {
      return direct.apply(this);
    }

    @Override
    public String toString() {
      return "direct()";
    }
  }

  /**
   * app, sidecar, egress gateway, host.
   *
   * @param egressGateway the gateway passed
   * @param gatewayHop what the sidecar speaks to it
   * @param beyond the forward proxy that the gateway asks; empty where it goes to the host
   */
  record ThroughGateway(
      EgressGateway egressGateway, GatewayHop gatewayHop, Optional<ForwardProxy> beyond)
      implements EgressPath {
    /** Refuses nulls. */
    public ThroughGateway {
      Objects.requireNonNull(egressGateway, "egressGateway");
      Objects.requireNonNull(gatewayHop, "gatewayHop");
      Objects.requireNonNull(beyond, "beyond");
    }

    @Override
    public <T> T match(
        Function<Direct, T> direct,
        Function<ThroughGateway, T> throughGateway,
        Function<ThroughForwardProxy, T> throughForwardProxy,
        Function<ThroughWaypoint, T> throughWaypoint) {
      return throughGateway.apply(this);
    }

    @Override
    public String toString() {
      String over = gatewayHop == GatewayHop.ISTIO_MUTUAL ? ".overIstioMutualTls()" : "";
      String through = beyond.map(proxy -> ".through(" + proxy + ")").orElse("");
      return "via(" + egressGateway + over + through + ")";
    }
  }

  /**
   * app, sidecar, forward proxy, host.
   *
   * @param outside the forward proxy
   */
  record ThroughForwardProxy(ForwardProxy outside) implements EgressPath {
    @Override
    public <T> T match(
        Function<Direct, T> direct,
        Function<ThroughGateway, T> throughGateway,
        Function<ThroughForwardProxy, T> throughForwardProxy,
        Function<ThroughWaypoint, T> throughWaypoint) {
      return throughForwardProxy.apply(this);
    }

    @Override
    public String toString() {
      return "via(" + outside + ")";
    }
  }

  /**
   * app, ztunnel, waypoint, host.
   *
   * @param egressWaypoint the waypoint passed
   */
  record ThroughWaypoint(Waypoint egressWaypoint) implements EgressPath {
    /** Refuses null. */
    public ThroughWaypoint {
      Objects.requireNonNull(egressWaypoint, "egressWaypoint");
    }

    @Override
    public <T> T match(
        Function<Direct, T> direct,
        Function<ThroughGateway, T> throughGateway,
        Function<ThroughForwardProxy, T> throughForwardProxy,
        Function<ThroughWaypoint, T> throughWaypoint) {
      return throughWaypoint.apply(this);
    }

    @Override
    public String toString() {
      return "via(" + egressWaypoint + ")";
    }
  }
}
