package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Cluster;
import io.github.istioegress.trace.envoy.ClusterName;
import io.github.istioegress.trace.envoy.Clusters;
import io.github.istioegress.trace.envoy.FilterChain;
import io.github.istioegress.trace.envoy.GatewayProxy;
import io.github.istioegress.trace.envoy.Listener;
import io.github.istioegress.trace.envoy.OutboundListeners;
import io.github.istioegress.trace.envoy.Request;
import io.github.istioegress.trace.envoy.RouteEntry;
import io.github.istioegress.trace.envoy.SidecarVirtualHosts;
import io.github.istioegress.trace.envoy.Undeclared;
import io.github.istioegress.trace.envoy.VirtualHost;
import io.github.istioegress.trace.envoy.WeightedCluster;
import io.github.istioegress.trace.registry.Endpoint;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Scope;
import io.github.istioegress.trace.registry.Workload;
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

  Walk(Mesh mesh, Call call) {
    this.mesh = mesh;
    this.call = call;
  }

  List<Branch> branches() {
    Scope scope = mesh.sidecar(call.from());
    Leg leg =
        new Leg(
            "sidecar " + call.from().namespace(),
            scope,
            Optional.empty(),
            Dialled.address(call, mesh.registry()),
            call.port(),
            Wire.of(call),
            100,
            List.of());
    if (mesh.registry().isUnordered(call.host())) {
      return Verdicts.noOrder(leg, call.host());
    }
    return enter(leg);
  }

  /** A connection comes to a proxy's listener. */
  private List<Branch> enter(Leg leg) {
    Optional<Listener> found =
        leg.gateway().isPresent()
            ? leg.gateway().get().listener(leg.port())
            : OutboundListeners.find(leg.scope(), leg.address(), leg.port())
                .or(() -> Optional.of(Undeclared.listener(leg.scope())));
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
        .map(chain -> filters(leg, hop, chain))
        .orElseGet(() -> Verdicts.noChain(leg, hop, listener));
  }

  /** The chosen chain ends TLS of its own, if it does, and reads HTTP or passes bytes on. */
  private List<Branch> filters(Leg leg, HopDraft hop, FilterChain chain) {
    hop.filter(chain.routeConfig().isPresent() ? "http" : "tcp", chain.decisions());
    Leg inside = leg;
    if (chain.terminates().isPresent()) {
      Optional<String> problem = Handshake.problem(chain.terminates().get(), leg.wire().outer());
      if (problem.isPresent()) {
        return Verdicts.tls(leg, hop, problem.get());
      }
      inside = leg.with(leg.wire().unwrapped());
    }
    if (chain.routeConfig().isEmpty()) {
      return clusters(inside, hop, chain.clusters(), "");
    }
    if (inside.wire().outer().isPresent()) {
      return Verdicts.tls(leg, hop, "TLS reaches a listener that expects plain HTTP");
    }
    Optional<Request> request = inside.wire().readable();
    if (request.isEmpty()) {
      return Verdicts.notHttp(leg, hop);
    }
    return http(inside, hop, chain.routeConfig().get(), request.get());
  }

  private List<Branch> http(Leg leg, HopDraft hop, String routeConfig, Request request) {
    List<VirtualHost> hosts =
        leg.gateway()
            .map(gateway -> gateway.virtualHosts(routeConfig))
            .orElseGet(() -> SidecarVirtualHosts.build(leg.scope(), routeConfig));
    Optional<VirtualHost> host = VirtualHost.choose(hosts, request.host());
    if (host.isEmpty()) {
      return Verdicts.noVirtualHost(leg, hop, request.host());
    }
    hop.virtualHost(host.get().name());
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
    Wire rewritten = leg.wire().withHost(route.get().rewrittenHost());
    String sent = rewritten.request().map(Request::host).orElse("");
    return clusters(leg.with(rewritten), hop, route.get().clusters(), sent);
  }

  private List<Branch> clusters(
      Leg leg, HopDraft hop, List<WeightedCluster> clusters, String requestHost) {
    if (clusters.size() == 1) {
      return cluster(leg, hop, clusters.get(0).cluster(), requestHost);
    }
    int total = clusters.stream().mapToInt(WeightedCluster::weight).sum();
    List<Branch> branches = new ArrayList<>();
    for (WeightedCluster one : clusters) {
      branches.addAll(cluster(leg.share(one.weight(), total), hop, one.cluster(), requestHost));
    }
    return branches.isEmpty() ? Verdicts.noRoute(leg, hop, "") : List.copyOf(branches);
  }

  /** The proxy sends the bytes on; an empty host stands for bytes that it does not read. */
  private List<Branch> cluster(Leg leg, HopDraft hop, String name, String requestHost) {
    boolean http = !requestHost.isEmpty();
    if (name.equals(ClusterName.PASSTHROUGH)) {
      return Verdicts.passthrough(leg, hop);
    }
    if (name.equals(ClusterName.BLACK_HOLE)) {
      return Verdicts.blackHole(leg, hop);
    }
    Optional<ClusterName> parsed = ClusterName.parse(name);
    String sni = hostOnly(requestHost);
    if (parsed.isPresent() && mesh.registry().isUnordered(parsed.get().host())) {
      return Verdicts.noOrder(leg.after(hop.to(name, "")), parsed.get().host());
    }
    Optional<Cluster> cluster = parsed.flatMap(n -> Clusters.find(leg.scope(), n, sni));
    if (leg.gateway().isPresent() && parsed.isPresent()) {
      Optional<Cluster> other = Clusters.find(mesh.afterSidecar(leg.scope()), parsed.get(), sni);
      if (!alike(cluster, other)) {
        return Verdicts.byChance(leg.after(hop.to(name, "")), parsed.get().host());
      }
    }
    if (cluster.isEmpty()) {
      return Verdicts.noCluster(leg, hop, name, http);
    }
    return endpoint(leg, hop, cluster.get(), http);
  }

  /** True where it makes no difference which of the two a proxy has. */
  private static boolean alike(Optional<Cluster> one, Optional<Cluster> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() && other.isEmpty();
    }
    return one.get().discovery().equals(other.get().discovery())
        && one.get().tls().equals(other.get().tls())
        && one.get().port().targetPort() == other.get().port().targetPort()
        && one.get().port().endpoints().equals(other.get().port().endpoints());
  }

  private static String hostOnly(String host) {
    int colon = host.lastIndexOf(':');
    return colon > 0 && !host.endsWith("]") ? host.substring(0, colon) : host;
  }

  private List<Branch> endpoint(Leg leg, HopDraft hop, Cluster cluster, boolean http) {
    Leg next = leg.with(leg.wire().wrapped(cluster.tls())).after(hop.to(cluster));
    RegistryService service = cluster.service();
    if (cluster.discovery().equals("ORIGINAL_DST")) {
      return arrive(next, leg.address(), leg.port());
    }
    if (cluster.discovery().equals("DYNAMIC_DNS")) {
      return named(next, leg.wire(), cluster, http);
    }
    if (service.kubernetes() || !service.selector().isEmpty()) {
      Optional<Workload> pod =
          mesh.registry().pods(service).stream()
              .filter(p -> p.has(cluster.subsetLabels()))
              .findFirst();
      return pod.map(p -> pod(next, p, service, cluster.port().targetPort()))
          .orElseGet(() -> Verdicts.noEndpoints(next, cluster, http));
    }
    Optional<String> address =
        cluster.port().endpoints().stream()
            .filter(e -> e.labels().entrySet().containsAll(cluster.subsetLabels().entrySet()))
            .map(Endpoint::address)
            // istiod hands out addresses only; a name is for clusters that look it up.
            .filter(to -> !cluster.discovery().equals("EDS") || Dialled.isAddress(to))
            .findFirst();
    return address
        .map(to -> arrive(next, to, cluster.port().targetPort()))
        .orElseGet(() -> Verdicts.noEndpoints(next, cluster, http));
  }

  /** A proxy looks up the name that the call bears: its Host, or its SNI as the sidecar sees it. */
  private static List<Branch> named(Leg leg, Wire arrived, Cluster cluster, boolean http) {
    if (leg.gateway().isPresent() && !http) {
      return Verdicts.noNameToLookUp(leg, cluster);
    }
    String name =
        http
            ? arrived.request().map(Request::host).orElse("")
            : arrived.outer().map(Wire.Layer::sni).orElse("");
    return Verdicts.external(leg, hostOnly(name), cluster.port().targetPort());
  }

  /** What stands at an address: a Service of the cluster, or the outside. */
  private List<Branch> arrive(Leg leg, String address, int port) {
    Optional<RegistryService> service =
        mesh.registry()
            .kubernetesAt(address)
            .or(() -> Dialled.service(address, leg.scope().namespace(), mesh.registry()));
    if (service.isEmpty()) {
      return Verdicts.external(leg, address, port);
    }
    Optional<Workload> pod = mesh.registry().pods(service.get()).stream().findFirst();
    return pod.map(
            p ->
                pod(
                    leg,
                    p,
                    service.get(),
                    service.get().port(port).map(own -> own.targetPort()).orElse(port)))
        .orElseGet(() -> Verdicts.emptyService(leg, service.get().hostname()));
  }

  /** The call comes to a pod: to the next gateway, or to a workload of the mesh. */
  private List<Branch> pod(Leg leg, Workload pod, RegistryService service, int port) {
    Optional<GatewayProxy> gateway = mesh.gateway(pod);
    if (gateway.isEmpty()) {
      return Verdicts.inMesh(leg, pod);
    }
    return enter(
        new Leg(
            "gateway " + mesh.gatewayName(pod),
            gateway.get().scope(),
            gateway,
            service.address(),
            port,
            leg.wire(),
            leg.weight(),
            leg.hops()));
  }
}
