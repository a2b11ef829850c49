package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.HostEgress;

/**
 * HTTP or TLS straight from the sidecar: app -> sidecar -> host.
 *
 * <p>The ServiceEntry alone does it: HTTP is routed by its Host header, TLS by its SNI. A TLS
 * setting in a DestinationRule would wrap TLS in TLS, so there is none.
 */
final class DirectEgress implements EgressPattern {

  @Override
  public boolean accepts(EgressIntent intent) {
    return intent.path().gateway().isEmpty();
  }

  @Override
  public void emit(HostEgress host, EgressIntent intent, NamespaceResources into) {
    // Nothing beyond the ServiceEntry.
  }
}
