package io.github.istioegress.reach;

import io.github.istioegress.reach.Enforcement.Escape;
import io.github.istioegress.reach.Enforcement.Holds;
import io.github.istioegress.reach.Enforcement.Layer;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.Around;
import io.github.istioegress.trace.Branch;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Call.Scheme;
import io.github.istioegress.trace.GatewayPort;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.Way;
import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.registry.Decision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges a cell: the call as it is made, and the same call of a pod that goes around its proxy,
 * straight to the destination and by itself to each gateway.
 */
final class Judgement {

  private static final Around AROUND = new Around("the pod goes around its proxy", false);

  private final Tracer tracer;
  private final List<GatewayPort> gatewayPorts;
  private final Ends ends;

  Judgement(Tracer tracer, Ends ends) {
    this.tracer = tracer;
    this.ends = ends;
    this.gatewayPorts = tracer.gatewayPorts();
  }

  /** What happens to a call of a row's pods. */
  static Trace trace(Tracer tracer, ReachCaller caller, Call call) {
    return caller.around().map(a -> tracer.trace(call, a)).orElseGet(() -> tracer.trace(call));
  }

  ReachCell of(ReachCaller caller, ReachDestination destination) {
    Call call = destination.from(caller.pod());
    Trace trace = trace(tracer, caller, call);
    return new ReachCell(
        caller,
        destination,
        trace.outcome(),
        trace.way(),
        trace.bypass().orElse(""),
        trace.branches().stream()
            .flatMap(branch -> branch.hops().stream())
            .filter(hop -> hop.gateway() || hop.isWaypoint())
            .map(Hop::proxy)
            .distinct()
            .toList(),
        forwardProxy(trace),
        trace.way() == Way.NONE ? "" : tls(call, trace),
        trace.outcome() == Outcome.EXTERNAL ? "" : trace.detail(),
        trace.remedy(),
        enforcement(caller, destination, trace));
  }

  private static String forwardProxy(Trace trace) {
    return trace.branches().stream()
        .filter(branch -> branch.outcome().leaves())
        .flatMap(branch -> branch.hops().stream())
        .filter(hop -> !hop.tunnel().isEmpty())
        .map(hop -> hop.host() + ":" + hop.port())
        .findFirst()
        .orElse("");
  }

  /** Who puts TLS around what goes out: the outermost is what the wire shows. */
  private static String tls(Call call, Trace trace) {
    return trace.branches().stream()
        .filter(branch -> branch.outcome().leaves())
        .findFirst()
        .flatMap(branch -> branch.hops().stream().reduce((one, next) -> next))
        .filter(Judgement::originates)
        .map(Hop::proxy)
        .orElse(call.scheme() == Scheme.HTTPS || call.scheme() == Scheme.TLS ? "application" : "");
  }

  private static boolean originates(Hop hop) {
    return hop.upstreamTls().mode() != UpstreamTls.Mode.NONE;
  }

  private Enforcement enforcement(ReachCaller caller, ReachDestination destination, Trace trace) {
    boolean unproxied = caller.around().isPresent() || trace.bypass().isPresent();
    if (trace.outcome() == Outcome.UNDETERMINED) {
      return new Enforcement(
          Layer.UNDETERMINED,
          refusing(trace),
          Holds.UNDETERMINED,
          new Escape("", "", List.of(), trace.detail()));
    }
    if (leavesByItself(trace)) {
      return new Enforcement(Layer.NONE, List.of(), Holds.NOT_APPLICABLE, Escape.NOTHING);
    }
    Trace straight = unproxied ? trace : tracer.trace(trace.call(), AROUND);
    boolean leaves = trace.way() != Way.NONE;
    Optional<Trace> door =
        leaves || straight.outcome().leaves() ? Optional.empty() : door(caller, destination);
    Escape escape = escape(straight, door);
    Holds holds = holds(straight, door);
    if (!leaves) {
      return new Enforcement(layer(trace), refusing(trace), holds, escape);
    }
    // Something stands between the pod and the outside: what keeps it there is what stops the short
    // cut.
    return switch (holds) {
      case YES ->
          escape.resources().isEmpty()
              ? new Enforcement(own(caller), List.of(), holds, escape)
              : new Enforcement(Layer.NETWORK_POLICY, escape.resources(), holds, escape);
      case UNDETERMINED -> new Enforcement(Layer.UNDETERMINED, escape.resources(), holds, escape);
      case NO, NOT_APPLICABLE -> new Enforcement(own(caller), List.of(), holds, escape);
    };
  }

  /** True where at least a share leaves past every gateway, waypoint and forward proxy. */
  private static boolean leavesByItself(Trace trace) {
    return trace.branches().stream()
        .filter(branch -> branch.outcome().leaves())
        .anyMatch(branch -> branch.hops().stream().noneMatch(Judgement::leads));
  }

  private static boolean leads(Hop hop) {
    return hop.gateway() || hop.isWaypoint() || !hop.tunnel().isEmpty();
  }

  private static Layer own(ReachCaller caller) {
    return switch (caller.proxy()) {
      case SIDECAR -> Layer.SIDECAR;
      case ZTUNNEL -> Layer.ZTUNNEL;
      case NONE -> Layer.NONE;
    };
  }

  /**
   * The first gateway that lets the pod out, or may, when the pod dials the gateway by itself:
   * without its proxy, or through it and so with the pod's identity.
   */
  private Optional<Trace> door(ReachCaller caller, ReachDestination destination) {
    Call call = destination.from(caller.pod());
    List<Trace> doors =
        gatewayPorts.stream()
            .map(port -> call.at(port.host(), port.port()))
            .flatMap(
                dialled ->
                    Stream.of(
                        tracer.trace(dialled, caller.around().orElse(AROUND)),
                        trace(tracer, caller, dialled)))
            .filter(trace -> call.scheme() != Scheme.TCP || ends.isOf(trace, destination))
            .toList();
    return doors.stream()
        .filter(trace -> trace.way() == Way.VIA_GATEWAY)
        .findFirst()
        .or(
            () ->
                doors.stream()
                    .filter(trace -> trace.outcome() == Outcome.UNDETERMINED)
                    .findFirst());
  }

  private static Escape escape(Trace straight, Optional<Trace> door) {
    Trace told = door.orElse(straight);
    String gateway = told.gateways().stream().findFirst().orElse("");
    if (told.way() == Way.VIA_GATEWAY) {
      return new Escape(told.way().text(), gateway, List.of(), "");
    }
    return switch (told.outcome()) {
      case EXTERNAL, PASSTHROUGH -> new Escape(Way.DIRECT.text(), "", List.of(), "");
      case UNDETERMINED -> new Escape("", gateway, refusing(told), told.detail());
      default -> new Escape(Way.NONE.text(), "", refusing(told), told.detail());
    };
  }

  private static Holds holds(Trace straight, Optional<Trace> door) {
    Trace told = door.orElse(straight);
    if (told.way() != Way.NONE) {
      return Holds.NO;
    }
    boolean unknown =
        told.outcome() == Outcome.UNDETERMINED || straight.outcome() == Outcome.UNDETERMINED;
    return unknown ? Holds.UNDETERMINED : Holds.YES;
  }

  /** The layer that refuses a call. */
  private static Layer layer(Trace trace) {
    Branch branch = trace.branches().get(0);
    Optional<String> policy =
        branch.refusedBy().stream().map(decision -> decision.resource().kind()).findFirst();
    if (policy.isPresent()) {
      return policy.get().equals(ResourceKind.NETWORK_POLICY.kind())
          ? Layer.NETWORK_POLICY
          : Layer.AUTHORIZATION_POLICY;
    }
    return switch (branch.at().substring(0, Math.max(0, branch.at().indexOf(' ')))) {
      case "gateway" ->
          branch.outcome() == Outcome.DENIED ? Layer.AUTHORIZATION_POLICY : Layer.GATEWAY;
      case "waypoint" ->
          branch.outcome() == Outcome.DENIED ? Layer.AUTHORIZATION_POLICY : Layer.WAYPOINT;
      case "ztunnel" -> Layer.ZTUNNEL;
      default -> branch.hops().isEmpty() && trace.bypass().isPresent() ? Layer.NONE : Layer.SIDECAR;
    };
  }

  /** The policies that refuse a call; where none does, what set the refusing proxy up. */
  private static List<ResourceKey> refusing(Trace trace) {
    Branch branch = trace.branches().get(0);
    Stream<Decision> decisions =
        branch.refusedBy().isEmpty()
            ? branch.hops().stream()
                .reduce((one, next) -> next)
                .map(hop -> hop.decisions().stream())
                .orElseGet(Stream::empty)
            : branch.refusedBy().stream();
    return decisions.map(Decision::resource).distinct().toList();
  }
}
