package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.Cluster;
import io.github.istioegress.trace.envoy.GatewayProxy;
import io.github.istioegress.trace.envoy.Request;
import io.github.istioegress.trace.policy.Identity;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Workload;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** From a cluster to what stands at its endpoint: the outside, a workload, the next gateway. */
final class Onward {

  private final Mesh mesh;
  private final NetworkCheck network;
  private final Function<Leg, List<Branch>> nextProxy;

  /**
   * Prepares the way on.
   *
   * @param mesh the mesh
   * @param network what lets connections through
   * @param nextProxy follows a connection that comes to a gateway
   */
  Onward(Mesh mesh, NetworkCheck network, Function<Leg, List<Branch>> nextProxy) {
    this.mesh = mesh;
    this.network = network;
    this.nextProxy = nextProxy;
  }

  /** Sends a call to an endpoint of a cluster, and follows it. */
  List<Branch> send(Leg leg, HopDraft hop, Cluster cluster, boolean http) {
    Leg next = leg.with(leg.wire().wrapped(cluster.tls())).after(hop.to(cluster));
    RegistryService service = cluster.service();
    if (cluster.discovery().equals("ORIGINAL_DST") && leg.address().isEmpty()) {
      return AmbientVerdicts.allocated(next);
    }
    if (cluster.discovery().equals("ORIGINAL_DST")) {
      return arrive(next, leg.address(), leg.port());
    }
    if (cluster.discovery().equals("DYNAMIC_DNS")) {
      return named(next, leg.wire(), cluster, http);
    }
    Targets targets = new Targets(mesh, cluster);
    if (targets.arePods()) {
      return targets
          .pod()
          .map(p -> pod(next, p, service, cluster.port().targetPort()))
          .orElseGet(() -> Verdicts.noEndpoints(next, cluster, http));
    }
    return targets
        .endpoint()
        .map(to -> arrive(next, to.address(), to.port()))
        .orElseGet(() -> Verdicts.noEndpoints(next, cluster, http));
  }

  /** The application's own connection, which no sidecar takes. */
  List<Branch> pastSidecar(Leg leg, String why) {
    Optional<RegistryService> service = mesh.registry().kubernetesAt(leg.address());
    if (service.isPresent()) {
      return arrive(leg, leg.address(), leg.port());
    }
    return network
        .toOutside(leg, leg.address(), leg.port())
        .orElseGet(() -> Verdicts.pastSidecar(leg, why));
  }

  /** A proxy looks up the name that the call bears: its Host, or its SNI as the sidecar sees it. */
  private List<Branch> named(Leg leg, Wire arrived, Cluster cluster, boolean http) {
    if (leg.gateway().isPresent() && !http) {
      return Verdicts.noNameToLookUp(leg, cluster);
    }
    String name =
        http
            ? arrived.request().map(Request::host).orElse("")
            : arrived.outer().map(Wire.Layer::sni).orElse("");
    return outside(leg, Dialled.hostOnly(name), cluster.port().targetPort());
  }

  /** What stands at an address: a Service of the cluster, or the outside. */
  List<Branch> arrive(Leg leg, String address, int port) {
    Optional<RegistryService> service =
        mesh.registry()
            .kubernetesAt(address)
            .or(() -> Dialled.service(address, leg.scope().namespace(), mesh.registry()));
    if (service.isEmpty()) {
      return outside(leg, address, port);
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

  /** The outside, as far as the network lets the proxy through. */
  List<Branch> outside(Leg leg, String address, int port) {
    return network
        .toOutside(leg, address, port)
        .orElseGet(() -> Verdicts.external(leg, address, port));
  }

  /** The call comes to a pod: to the next gateway, or to a workload of the mesh. */
  private List<Branch> pod(Leg leg, Workload pod, RegistryService service, int port) {
    Optional<List<Branch>> dropped = network.toPod(leg, pod, port);
    if (dropped.isPresent()) {
      return dropped.get();
    }
    if (!leg.tunnel().isEmpty()) {
      return Verdicts.tunnelInside(leg, pod);
    }
    Optional<GatewayProxy> gateway = mesh.gateway(pod);
    if (gateway.isEmpty()) {
      return Verdicts.inMesh(leg, pod);
    }
    return nextProxy.apply(
        new Leg(
            "gateway " + mesh.gatewayName(pod),
            gateway.get().scope(),
            gateway,
            Optional.empty(),
            leg.self(),
            identity(pod),
            service.address(),
            port,
            leg.wire(),
            leg.weight(),
            leg.hops()));
  }

  private Identity identity(Workload pod) {
    return pod.serviceAccount().isEmpty()
        ? Identity.unknown(
            "the service account of gateway %s/%s".formatted(pod.namespace(), pod.name()))
        : mesh.identity(pod.namespace(), pod.serviceAccount());
  }
}
