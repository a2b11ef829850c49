package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.FilterChain;
import io.github.istioegress.trace.envoy.Listener;
import io.github.istioegress.trace.envoy.Request;
import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.policy.Access;
import io.github.istioegress.trace.policy.Identity;
import io.github.istioegress.trace.policy.Ruling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks a proxy's policies about what came to one of its chains. Gateways ask in all of them, a
 * sidecar on the way out only where the call itself names the host that is looked up.
 */
final class Gatekeeper {

  private final Mesh mesh;
  private final FilterChain chain;
  private final Access access;

  /**
   * Takes down what the proxy knows of a connection.
   *
   * @param leg the connection as it came, before TLS was ended
   */
  Gatekeeper(Mesh mesh, Leg leg, Listener listener, FilterChain chain) {
    this.mesh = mesh;
    this.chain = chain;
    this.access =
        new Access(
            peer(leg, chain),
            leg.waypoint()
                    .map(waypoint -> waypoint.readsHello(leg.port()))
                    .orElseGet(listener::readsHello)
                ? leg.wire().outer().map(Wire.Layer::sni).orElse("").toLowerCase(Locale.ROOT)
                : "",
            leg.port(),
            Optional.empty());
  }

  /** Who calls, which only a certificate proves that the chain asked for. */
  private static Identity peer(Leg leg, FilterChain chain) {
    if (leg.waypoint().isPresent()) {
      // The tunnel that it came by proved it.
      return leg.from();
    }
    if (chain.terminates().isEmpty() || leg.wire().outer().isEmpty()) {
      return Identity.NONE;
    }
    UpstreamTls.Mode mode = leg.wire().outer().get().mode();
    if (mode == UpstreamTls.Mode.ISTIO_MUTUAL) {
      return leg.from();
    }
    return mode == UpstreamTls.Mode.MUTUAL && chain.terminates().get().endsWith("MUTUAL")
        ? Identity.unknown("the names in the client's own certificate")
        : Identity.NONE;
  }

  /**
   * How the call ends where the policies stop it; empty where it may pass.
   *
   * @param request the request; empty in a chain of bytes
   */
  Optional<List<Branch>> refusal(Leg leg, HopDraft hop, Optional<Request> request) {
    if (leg.waypoint().isEmpty() && chain.policyNamespaces().isEmpty()) {
      return Optional.empty();
    }
    Ruling ruling =
        leg.waypoint()
            .map(mesh::policies)
            .orElseGet(() -> mesh.policies(chain, leg.scope()))
            .rule(request.map(access::reading).orElse(access));
    hop.policies(ruling.decisions());
    return switch (ruling.kind()) {
      case ALLOWED -> Optional.empty();
      case DENIED -> Optional.of(Verdicts.denied(leg, hop, ruling, request.isPresent()));
      case UNDETERMINED -> Optional.of(Verdicts.ruledAtRunTime(leg, hop, ruling));
    };
  }
}
