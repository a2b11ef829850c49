package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.HostEgress;

/**
 * Straight from the sidecar: app -> sidecar -> host.
 *
 * <p>The ServiceEntry alone does it: HTTP is routed by its Host header, TLS by its SNI, bytes by
 * the address. Where TLS is originated, a rule for the host says so; without, there is none, for it
 * would wrap TLS in TLS.
 */
final class DirectEgress implements EgressPattern {

  @Override
  public boolean accepts(EgressIntent intent) {
    return intent.path().gateway().isEmpty();
  }

  @Override
  public String title() {
    return "direct: app -> sidecar -> host";
  }

  @Override
  public void emit(HostEgress host, EgressIntent intent, NamespaceResources into) {
    // Nothing beyond the ServiceEntry, and the rule that every host with originated TLS gets.
  }
}
