package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Cluster;
import io.github.istioegress.trace.envoy.ClusterName;
import io.github.istioegress.trace.envoy.FilterChain;
import io.github.istioegress.trace.envoy.Listener;
import io.github.istioegress.trace.envoy.Request;
import io.github.istioegress.trace.envoy.RouteEntry;
import io.github.istioegress.trace.envoy.SidecarProxy;
import io.github.istioegress.trace.envoy.Tunnel;
import io.github.istioegress.trace.envoy.VirtualHost;
import io.github.istioegress.trace.envoy.VirtualHosts;
import io.github.istioegress.trace.envoy.WeightedCluster;
import io.github.istioegress.trace.policy.Identity;
import io.github.istioegress.trace.registry.AllocatedAddresses;
import io.github.istioegress.trace.registry.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call on its way, proxy by proxy; every weighted destination is followed. */
final class Walk {

  private static final int MOST_HOPS = 12;
  private static final int NOT_FOUND = 404;
  private static final int BAD_GATEWAY = 502;

  private final Mesh mesh;
  private final Call call;
  private final NetworkCheck network;
  private final SidecarProxy sidecar;
  private final Optional<Around> around;
  private final boolean ambient;
  private final Lookup lookup;

  /** A call, and how it goes around the proxy that its pod has; empty where it does not. */
  Walk(Mesh mesh, Call call, Optional<Around> around) {
    this.mesh = mesh;
    this.call = call;
    this.around = around;
    this.sidecar = mesh.sidecar(call.from());
    this.network = new NetworkCheck(mesh, call, around.filter(Around::fromNode).isPresent());
    this.ambient =
        around.isEmpty() && mesh.ambient().takes(call.from().namespace(), call.from().labels());
    this.lookup =
        ambient
            ? Ztunnel.lookup(mesh, call)
            : Dialled.lookup(
                call,
                mesh.registry(),
                around.isEmpty() && mesh.capturesDns(call.from())
                    ? Optional.of(sidecar.scope())
                    : Optional.empty());
  }

  /** How the call's name becomes an address. */
  Lookup lookup() {
    return lookup;
  }

  /** What takes the call past the caller's sidecar; empty where the sidecar gets it. */
  Optional<String> bypass() {
    if (around.isPresent()) {
      return around.map(Around::why);
    }
    return ambient
        ? Optional.empty()
        : Interception.bypass(call.from(), lookup.address(), call.port());
  }

  List<Branch> branches() {
    if (ambient) {
      return new Ztunnel(mesh, call, lookup, network, onward(), this::enter).branches();
    }
    Scope scope = sidecar.scope();
    Leg leg =
        new Leg(
            "sidecar " + call.from().namespace(),
            scope,
            Optional.empty(),
            Optional.empty(),
            Identity.NONE,
            mesh.identity(call.from().namespace(), call.from().serviceAccount()),
            lookup.address(),
            call.port(),
            Wire.of(call),
            100,
            List.of());
    Optional<String> bypass = bypass();
    if (bypass.isPresent()) {
      return onward().pastSidecar(leg, bypass.get());
    }
    if (mesh.registry().isUnordered(call.host())) {
      return Verdicts.noOrder(leg, call.host());
    }
    return enter(leg);
  }

  /** A connection comes to a proxy's listener. */
  private List<Branch> enter(Leg leg) {
    Optional<Listener> found =
        leg.waypoint().isPresent()
            ? Optional.of(leg.waypoint().get().listener(leg.port()))
            : leg.gateway().isPresent()
                ? leg.gateway().get().listener(leg.port())
                : Optional.of(sidecar.listener(leg.address(), leg.port()));
    if (found.isEmpty()) {
      return Verdicts.refused(leg);
    }
    Listener listener = found.get();
    if (leg.hops().stream()
        .anyMatch(h -> h.proxy().equals(leg.proxy()) && h.listener().equals(listener.name()))) {
      return Verdicts.loop(leg, listener.name());
    }
    if (leg.hops().size() >= MOST_HOPS) {
      return Verdicts.tooLong(leg, MOST_HOPS);
    }
    if (listener.isRefused()) {
      return Verdicts.twins(leg, listener.name());
    }
    HopDraft hop = new HopDraft(leg, listener.name());
    return listener
        .choose(leg.wire().connection(leg.address(), leg.port()))
        .map(chain -> filters(leg, hop, listener, chain))
        .orElseGet(
            () ->
                leg.waypoint().isPresent()
                    ? AmbientVerdicts.notServed(leg, hop)
                    : Verdicts.noChain(leg, hop, listener));
  }

  /** The chosen chain ends TLS of its own, if it does, and reads HTTP or passes bytes on. */
  private List<Branch> filters(Leg leg, HopDraft hop, Listener listener, FilterChain chain) {
    hop.filter(chain.routeConfig().isPresent() ? "http" : "tcp", chain.decisions());
    Leg inside = leg;
    if (chain.terminates().isPresent()) {
      Optional<String> problem = Handshake.problem(chain.terminates().get(), leg.wire().outer());
      if (problem.isPresent()) {
        return Verdicts.tls(leg, hop, problem.get());
      }
      inside = leg.with(leg.wire().unwrapped());
      hop.endsTls();
    }
    Gatekeeper gatekeeper = new Gatekeeper(mesh, leg, listener, chain);
    if (chain.routeConfig().isEmpty()) {
      Leg opened = inside;
      return gatekeeper
          .refusal(inside, hop, Optional.empty())
          .orElseGet(() -> bytes(opened, hop, chain.clusters()));
    }
    if (inside.wire().outer().isPresent()) {
      return Verdicts.tls(leg, hop, "TLS reaches a listener that expects plain HTTP");
    }
    Optional<Request> request = inside.wire().readable();
    if (request.isEmpty()) {
      return Verdicts.notHttp(leg, hop);
    }
    return http(inside, hop, chain.routeConfig().get(), request.get(), gatekeeper);
  }

  private List<Branch> http(
      Leg leg, HopDraft hop, String routeConfig, Request request, Gatekeeper gatekeeper) {
    VirtualHosts hosts =
        leg.waypoint()
            .map(waypoint -> waypoint.virtualHosts(leg.port(), request.host()))
            .or(() -> leg.gateway().map(gateway -> gateway.virtualHosts(routeConfig)))
            .orElseGet(() -> sidecar.virtualHosts(routeConfig));
    Optional<VirtualHost> host = hosts.choose(request.host());
    host.ifPresent(chosen -> hop.virtualHost(chosen.name()));
    // Policies are asked before anything is answered, a 404 included.
    Optional<List<Branch>> refusal = gatekeeper.refusal(leg, hop, Optional.of(request));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (host.isEmpty()) {
      return leg.waypoint().isPresent()
          ? AmbientVerdicts.noVirtualHost(leg, hop, request.host())
          : Verdicts.noVirtualHost(leg, hop, request.host());
    }
    Optional<RouteEntry> route = host.get().route(request);
    if (route.isEmpty()) {
      return Verdicts.noRoute(leg, hop, host.get().name());
    }
    hop.route(route.get());
    int status = route.get().status();
    if (status == NOT_FOUND || status == BAD_GATEWAY) {
      return Verdicts.blockedBy(leg, hop, host.get().name(), status);
    }
    if (status != 0) {
      return Verdicts.answered(leg, hop, status);
    }
    return clusters(leg, hop, route.get());
  }

  private List<Branch> clusters(Leg leg, HopDraft hop, RouteEntry route) {
    List<Branch> branches = new ArrayList<>();
    for (WeightedCluster one : route.clusters()) {
      // Envoy sets the Host of the share first, and then that of the route.
      String host = route.rewrittenHost().isEmpty() ? one.host() : route.rewrittenHost();
      Leg share = share(leg, one, route.clusters());
      Wire wire = share.wire().withHost(host);
      String sent = wire.request().map(Request::host).orElse("");
      hop.authority(host).mirrors(new KnownClusters(mesh, leg).mirrored(route.mirrors(), sent));
      branches.addAll(cluster(share.with(wire), hop, one.cluster(), sent));
    }
    return branches.isEmpty() ? Verdicts.noRoute(leg, hop, "") : List.copyOf(branches);
  }

  private List<Branch> bytes(Leg leg, HopDraft hop, List<WeightedCluster> clusters) {
    Tunnel.of(leg.scope(), clusters).ifPresent(hop::tunnel);
    List<Branch> branches = new ArrayList<>();
    for (WeightedCluster one : clusters) {
      branches.addAll(cluster(share(leg, one, clusters), hop, one.cluster(), ""));
    }
    return branches.isEmpty() ? Verdicts.noRoute(leg, hop, "") : List.copyOf(branches);
  }

  private static Leg share(Leg leg, WeightedCluster one, List<WeightedCluster> all) {
    int total = all.stream().mapToInt(WeightedCluster::weight).sum();
    return all.size() == 1 ? leg : leg.share(one.weight(), total);
  }

  /** The proxy sends the bytes on; an empty host stands for bytes that it does not read. */
  private List<Branch> cluster(Leg leg, HopDraft hop, String name, String requestHost) {
    boolean http = !requestHost.isEmpty();
    if (name.equals(ClusterName.PASSTHROUGH)) {
      Leg passed = leg.after(hop.to(name, "ORIGINAL_DST"));
      if (AllocatedAddresses.isOne(leg.address())) {
        return Verdicts.nobodyThere(passed);
      }
      return network.asDialled(passed).orElseGet(() -> Verdicts.passthrough(passed));
    }
    if (name.equals(ClusterName.BLACK_HOLE)) {
      return Verdicts.blackHole(leg, hop);
    }
    Optional<ClusterName> parsed = ClusterName.parse(name);
    KnownClusters.Found found =
        new KnownClusters(mesh, leg).find(parsed, Dialled.hostOnly(requestHost));
    switch (found.doubt()) {
      case NO_ORDER -> {
        return Verdicts.noOrder(leg.after(hop.to(name, "")), parsed.orElseThrow().host());
      }
      case BY_CHANCE -> {
        return Verdicts.byChance(leg.after(hop.to(name, "")), parsed.orElseThrow().host());
      }
      case NONE -> {
        // What is found is what the proxy has.
      }
    }
    Optional<Cluster> cluster = found.cluster();
    if (cluster.isEmpty()) {
      return Verdicts.noCluster(leg, hop, name, http);
    }
    if (cluster.get().isRefused()) {
      return Verdicts.refusedCluster(leg, hop, name, http);
    }
    return onward().send(leg, hop, cluster.get(), http);
  }

  private Onward onward() {
    return new Onward(mesh, network, this::enter);
  }
}
