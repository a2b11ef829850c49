package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.HostEgress;

/**
 * Straight from the sidecar: app -> sidecar -> host.
 *
 * <p>The ServiceEntry alone does it: HTTP is routed by its Host header, TLS by its SNI, bytes by
 * the address. Where TLS is originated, a rule for the host says so; without, there is none, for it
 * would wrap TLS in TLS. Timeouts, retries, faults and other hosts that answer need a route.
 */
final class DirectEgress implements EgressPattern {

  @Override
  public boolean accepts(EgressIntent intent) {
    return intent.path().isDirect();
  }

  @Override
  public String title() {
    return "direct: app -> sidecar -> host";
  }

  @Override
  public void emit(HostEgress host, EgressIntent intent, NamespaceResources into) {
    int port = intent.port().number();
    boolean routed = host.intents().stream().anyMatch(DirectEgress::isRouted);
    if (routed && intent.port().protocol().isReadable()) {
      // A VirtualService takes all ports of its host, so each needs its route.
      into.http().add(host, NamespaceResources.MESH, HttpLegs.direct(intent));
    } else if (intent.handling().isSplit()) {
      String mesh = NamespaceResources.MESH;
      into.tls().add(host, mesh, TlsLegs.bySni(host, mesh, port, Leg.outside(intent)));
    }
  }

  private static boolean isRouted(EgressIntent intent) {
    return intent.path().isDirect()
        && (intent.policy().isOfRoutes()
            || intent.handling().isSplit()
            || !intent.calledByName().equals(intent.host()));
  }
}
