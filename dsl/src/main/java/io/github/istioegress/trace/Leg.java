package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.GatewayProxy;
import io.github.istioegress.trace.envoy.WaypointProxy;
import io.github.istioegress.trace.policy.Identity;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A connection as it reaches a proxy.
 *
 * @param proxy the proxy, as reports call it
 * @param scope what it knows
 * @param gateway the gateway it is; empty for the calling sidecar
 * @param waypoint the waypoint it is
 * @param from who leads the call to it
 * @param self who it is to the next proxy
 * @param address the address it was dialled at
 * @param port the port it was dialled at
 * @param wire what travels on it
 * @param weight its share of the calls
 * @param hops the hops so far
 */
record Leg(
    String proxy,
    Scope scope,
    Optional<GatewayProxy> gateway,
    Optional<WaypointProxy> waypoint,
    Identity from,
    Identity self,
    String address,
    int port,
    Wire wire,
    int weight,
    List<Hop> hops) {

  Leg with(Wire other) {
    return new Leg(proxy, scope, gateway, waypoint, from, self, address, port, other, weight, hops);
  }

  Leg share(int part, int total) {
    // The weights of a first split are shown as written; they need not sum to 100.
    int own =
        weight == 100 ? part : total == 0 ? weight : Math.round((float) weight * part / total);
    return new Leg(proxy, scope, gateway, waypoint, from, self, address, port, wire, own, hops);
  }

  Leg after(Hop hop) {
    List<Hop> more = new ArrayList<>(hops);
    more.add(hop);
    return new Leg(
        proxy,
        scope,
        gateway,
        waypoint,
        from,
        self,
        address,
        port,
        wire,
        weight,
        List.copyOf(more));
  }

  /** The same, its last hop decided by these, too. */
  Leg decidedBy(List<Decision> more) {
    if (hops.isEmpty() || more.isEmpty()) {
      return this;
    }
    List<Hop> decided = new ArrayList<>(hops);
    int last = decided.size() - 1;
    decided.set(last, decided.get(last).decidedBy(more));
    return new Leg(
        proxy,
        scope,
        gateway,
        waypoint,
        from,
        self,
        address,
        port,
        wire,
        weight,
        List.copyOf(decided));
  }

  /** What the last proxy asks an outside forward proxy for; empty for nothing. */
  String tunnel() {
    return hops.isEmpty() ? "" : hops.get(hops.size() - 1).tunnel();
  }

  /** The end of the way, which policies decide. */
  List<Branch> end(Outcome outcome, String detail, String remedy, List<Decision> policies) {
    return end(outcome, detail, remedy).stream().map(branch -> branch.by(policies)).toList();
  }

  /** The end of the way. */
  List<Branch> end(Outcome outcome, String detail, String remedy) {
    return List.of(new Branch(weight, outcome, detail, remedy, hops, proxy, List.of()));
  }
}
