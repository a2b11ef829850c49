package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Cluster;
import io.github.istioegress.trace.envoy.ClusterName;
import io.github.istioegress.trace.envoy.Mirror;
import io.github.istioegress.trace.envoy.RouteEntry;
import io.github.istioegress.trace.envoy.Tunnel;
import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.registry.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A hop while its proxy is still deciding. */
final class HopDraft {

  private static final int SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private final Leg leg;
  private final String listener;
  private String filter = "";
  private boolean endsTls;
  private String virtualHost = "";
  private String route = "";
  private String timeout = "";
  private String authority = "";
  private String tunnel = "";
  private Optional<Integer> retries = Optional.empty();
  private final List<Decision> decisions = new ArrayList<>();
  private List<Decision> policies = List.of();
  private List<Mirrored> mirrors = List.of();

  HopDraft(Leg leg, String listener) {
    this.leg = leg;
    this.listener = listener;
  }

  HopDraft filter(String name, List<Decision> by) {
    filter = name;
    decisions.addAll(by);
    return this;
  }

  /** The proxy ends the outermost TLS of what arrives. */
  HopDraft endsTls() {
    endsTls = true;
    return this;
  }

  HopDraft virtualHost(String name) {
    virtualHost = name;
    return this;
  }

  HopDraft route(RouteEntry entry) {
    route = entry.name();
    timeout = entry.timeout();
    retries = entry.retries().map(retry -> retry.getAttempts()).map(Number::intValue);
    if (!entry.decisions().isEmpty()) {
      // The route says more than the listener that led to it.
      decisions.clear();
      decisions.addAll(entry.decisions());
    }
    entry.mirrors().stream()
        .map(Mirror::from)
        .filter(from -> !decisions.contains(from))
        .forEach(decisions::add);
    return this;
  }

  HopDraft policies(List<Decision> by) {
    policies = by;
    return this;
  }

  /** What the route answers where the proxy lacks its cluster: one of the Gateway API 500. */
  int withoutCluster() {
    boolean gatewayApi =
        decisions.stream()
            .map(decision -> decision.resource().kind())
            .anyMatch(kind -> kind.equals("HTTPRoute") || kind.equals("GRPCRoute"));
    return gatewayApi ? SERVER_ERROR : UNAVAILABLE;
  }

  /** The way goes on in a tunnel through an outside forward proxy. */
  HopDraft tunnel(Tunnel asked) {
    tunnel = asked.target();
    decisions.add(asked.from());
    return this;
  }

  /** The Host that goes on instead of the one that came; empty where it stays. */
  HopDraft authority(String host) {
    authority = host;
    return this;
  }

  /** The copies that go elsewhere. */
  HopDraft mirrors(List<Mirrored> copies) {
    mirrors = copies;
    return this;
  }

  String listener() {
    return listener;
  }

  /** The hop of a call that ends in this proxy, or goes to a cluster that is none of a service. */
  Hop to(String cluster, String discovery) {
    Optional<ClusterName> name = ClusterName.parse(cluster);
    return hop(
        cluster,
        name.map(ClusterName::host).orElse(""),
        name.map(ClusterName::port).orElse(0),
        name.map(ClusterName::subset).orElse(""),
        discovery,
        UpstreamTls.NONE,
        List.of(),
        List.of());
  }

  /** The hop of a call that goes on to a service. */
  Hop to(Cluster cluster) {
    return hop(
        cluster.name().toString(),
        cluster.name().host(),
        cluster.name().port(),
        cluster.name().subset(),
        cluster.discovery(),
        cluster.tls(),
        cluster.failover(),
        cluster.decisions());
  }

  /** The hop of a call that ztunnel hands to a service, or to the service's waypoint. */
  Hop toService(String host, int port, UpstreamTls tls) {
    return hop("", host, port, "", "", tls, List.of(), List.of());
  }

  private Hop hop(
      String cluster,
      String host,
      int port,
      String subset,
      String discovery,
      UpstreamTls tls,
      List<String> failover,
      List<Decision> more) {
    List<Decision> all = new ArrayList<>(decisions);
    all.addAll(policies);
    more.stream().filter(decision -> !all.contains(decision)).forEach(all::add);
    return new Hop(
        leg.proxy(),
        leg.gateway().isPresent(),
        listener,
        filter,
        endsTls,
        virtualHost,
        route,
        cluster,
        host,
        port,
        subset,
        discovery,
        tls,
        timeout,
        retries,
        authority,
        tunnel,
        failover,
        mirrors,
        List.copyOf(all));
  }
}
