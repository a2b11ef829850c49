package io.github.istioegress.generator;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.PortProtocol;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Way;
import java.util.List;

/**
 * The call that a sentence lets out, and whether it takes the way that the sentence says.
 *
 * @param namespace the namespace of the caller
 * @param intent the sentence
 * @param trace what happens to the call
 */
public record DeclaredCall(String namespace, EgressIntent intent, Trace trace) {

  /** The call of a sentence, made by any pod of a namespace. */
  static Call of(String namespace, EgressIntent intent) {
    int port = intent.port().number();
    String scheme =
        intent.port().protocol() == PortProtocol.HTTP ? "http" : port == 443 ? "https" : "tls";
    return Call.to(Caller.in(namespace), "%s://%s:%d".formatted(scheme, intent.host(), port));
  }

  /** True where the call leaves to the host of the sentence, by the way of the sentence. */
  public boolean isAsSaid() {
    List<Hop> hops = trace.branches().get(0).hops();
    List<String> gateways =
        intent.path().gateway().map(gateway -> List.of(gateway.toString())).orElse(List.of());
    return trace.branches().size() == 1
        && trace.outcome() == Outcome.EXTERNAL
        && trace.way() == (gateways.isEmpty() ? Way.DIRECT : Way.VIA_GATEWAY)
        && trace.gateways().equals(gateways)
        && hops.get(hops.size() - 1).host().equals(intent.host().name());
  }
}
