package io.github.istioegress.trace;

import io.github.istioegress.trace.ambient.AmbientIndex;
import io.github.istioegress.trace.ambient.AmbientService;
import io.github.istioegress.trace.ambient.Binding;
import io.github.istioegress.trace.ambient.Choice;
import io.github.istioegress.trace.ambient.Waypoint;
import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.envoy.WaypointProxy;
import io.github.istioegress.trace.policy.Identity;
import io.github.istioegress.trace.registry.AllocatedAddresses;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Resolution;
import io.github.istioegress.trace.registry.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The first hop of a pod in ambient mode: its node's ztunnel knows services by their addresses, and
 * hands what is for one to the service's waypoint or endpoint. Anything else passes as dialled,
 * whatever outboundTrafficPolicy says.
 */
final class Ztunnel {

  /** The tunnel to a waypoint (HBONE) is mutual TLS of the mesh. */
  private static final UpstreamTls TUNNEL =
      new UpstreamTls(UpstreamTls.Mode.ISTIO_MUTUAL, "", List.of(), "", "");

  private static final int TUNNEL_PORT = 15008;

  private final Mesh mesh;
  private final Call call;
  private final Lookup lookup;
  private final AmbientIndex index;
  private final NetworkCheck network;
  private final Onward onward;
  private final Function<Leg, List<Branch>> nextProxy;

  /**
   * Prepares it.
   *
   * @param mesh the mesh
   * @param call the call
   * @param lookup how its name became an address
   * @param network the NetworkPolicies
   * @param onward the way on to an endpoint
   * @param nextProxy follows a connection that comes to a waypoint
   */
  Ztunnel(
      Mesh mesh,
      Call call,
      Lookup lookup,
      NetworkCheck network,
      Onward onward,
      Function<Leg, List<Branch>> nextProxy) {
    this.mesh = mesh;
    this.call = call;
    this.lookup = lookup;
    this.index = mesh.ambient();
    this.network = network;
    this.onward = onward;
    this.nextProxy = nextProxy;
  }

  /** An address that is dialled, and the service it stands for. */
  private record Target(String address, Choice choice) {}

  List<Branch> branches() {
    Target target = target();
    Leg leg = leg(target.address());
    HopDraft hop = new HopDraft(leg, "outbound");
    if (AllocatedAddresses.isOne(target.address())) {
      return AmbientVerdicts.givenOut(leg, target.address());
    }
    if (target.choice().byChance()) {
      return AmbientVerdicts.byChance(leg, call.host());
    }
    boolean isWorkload = index.isWorkload(target.address());
    if (target.choice().service().isEmpty()) {
      hop.filter("tcp", List.of());
      return isWorkload || mesh.registry().kubernetesAt(target.address()).isPresent()
          ? onward.arrive(leg.after(hop.to("", "")), target.address(), call.port())
          : network
              .asDialled(leg.after(hop.to("", "")))
              .orElseGet(() -> AmbientVerdicts.undeclared(leg, hop));
    }
    AmbientService service = target.choice().service().get();
    Binding binding = service.binding();
    List<Decision> decisions = new ArrayList<>();
    decisions.add(Decision.of(service.service().source(), "spec.hosts"));
    decisions.addAll(binding.decisions());
    hop.filter("tcp", decisions);
    if (binding.waypoint().isPresent() && !isWorkload) {
      return toWaypoint(leg, hop, binding.waypoint().get(), service);
    }
    return toEndpoint(leg, hop, service);
  }

  private Target target() {
    String namespace = call.from().namespace();
    Choice named =
        lookup.by() == Lookup.By.ZTUNNEL
            ? index.named(call.host(), namespace)
            : new Choice(Optional.empty(), false);
    boolean byName = named.service().isPresent() && lookup.address().isEmpty();
    return byName
        ? new Target("", named)
        : new Target(lookup.address(), index.at(lookup.address(), namespace));
  }

  /** How a name becomes an address where ztunnel takes the calls of a pod. */
  static Lookup lookup(Mesh mesh, Call call) {
    return Dialled.known(call, mesh.registry())
        .orElseGet(
            () ->
                mesh.ztunnelAnswers(call.from())
                    ? answered(mesh, call)
                    : Dialled.lookup(call, mesh.registry(), Optional.empty()));
  }

  private static Lookup answered(Mesh mesh, Call call) {
    Choice named = mesh.ambient().named(call.host(), call.from().namespace());
    return named
        .service()
        .map(
            service ->
                named.byChance() || service.addresses().isEmpty()
                    ? new Lookup(call.host(), Lookup.By.ZTUNNEL, "")
                    : Dialled.answer(call, Lookup.By.ZTUNNEL, service.addresses().get(0)))
        .orElseGet(() -> Dialled.answer(call, Lookup.By.RESOLVER, Dialled.DOCUMENTATION));
  }

  private Leg leg(String address) {
    return new Leg(
        "ztunnel " + call.from().namespace(),
        mesh.sidecar(call.from()).scope(),
        Optional.empty(),
        Optional.empty(),
        Identity.NONE,
        mesh.identity(call.from().namespace(), call.from().serviceAccount()),
        address,
        call.port(),
        Wire.of(call),
        100,
        List.of());
  }

  private List<Branch> toWaypoint(
      Leg leg, HopDraft hop, Waypoint waypoint, AmbientService service) {
    boolean twice =
        index.servedBy(waypoint).stream()
            .anyMatch(
                other ->
                    other.host().equals(service.host())
                        && !other.service().namespace().equals(service.service().namespace()));
    if (twice) {
      return AmbientVerdicts.servedTwice(leg, waypoint, service.host());
    }
    Optional<AmbientService> neighbour =
        index.servedBy(waypoint).stream()
            .filter(other -> !other.host().equals(service.host()))
            .filter(other -> other.addresses().contains(leg.address()))
            .findFirst();
    if (neighbour.isPresent()) {
      return AmbientVerdicts.oneAddress(leg, waypoint, service.host(), neighbour.get().host());
    }
    WaypointProxy proxy = mesh.waypoint(waypoint, service);
    Leg after = leg.after(hop.toService(service.host(), call.port(), TUNNEL));
    Workload pod =
        new Workload(
            waypoint.name(), waypoint.namespace(), waypoint.podLabels(), waypoint.name(), true);
    Leg next =
        new Leg(
            "waypoint " + waypoint,
            proxy.scope(),
            Optional.empty(),
            Optional.of(proxy),
            leg.self(),
            mesh.identity(waypoint.namespace(), waypoint.name()),
            leg.address(),
            leg.port(),
            leg.wire(),
            leg.weight(),
            after.hops());
    return network.toPod(after, pod, TUNNEL_PORT).orElseGet(() -> nextProxy.apply(next));
  }

  private List<Branch> toEndpoint(Leg leg, HopDraft hop, AmbientService service) {
    Leg after = leg.after(hop.toService(service.host(), call.port(), UpstreamTls.NONE));
    if (service.service().resolution() == Resolution.NONE && !service.service().kubernetes()) {
      return onward.outside(after, leg.address(), leg.port());
    }
    if (service.port(call.port()).isEmpty()) {
      return AmbientVerdicts.noPort(after, service.host(), call.port());
    }
    if (service.service().kubernetes()) {
      return onward.arrive(after, service.service().address(), call.port());
    }
    boolean unnamed = service.service().resolution() == Resolution.DYNAMIC_DNS;
    return service
        .endpoint(call.port())
        .filter(endpoint -> !unnamed)
        .map(endpoint -> onward.arrive(after, endpoint.address(), endpoint.port()))
        .orElseGet(() -> AmbientVerdicts.noEndpoints(after, service.host()));
  }
}
