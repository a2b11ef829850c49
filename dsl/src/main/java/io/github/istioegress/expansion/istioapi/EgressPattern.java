package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.HostEgress;

/** One way of Istio's documentation to let calls out: which sentences mean it, what it needs. */
interface EgressPattern {

  /** True where the sentence is of this pattern. Each sentence is of exactly one. */
  boolean accepts(EgressIntent intent);

  /** Its name and flow, for readers. */
  String title();

  /** Adds what the sentence needs; the ServiceEntry of the host is there already. */
  void emit(HostEgress host, EgressIntent intent, NamespaceResources into);
}
