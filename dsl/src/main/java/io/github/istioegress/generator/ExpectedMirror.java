package io.github.istioegress.generator;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.Mirror;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Mirrored;
import io.github.istioegress.trace.envoy.ClusterName;
import io.github.istioegress.trace.envoy.UpstreamTls;
import java.util.List;
import java.util.stream.IntStream;

/** Where copies of a sentence's requests have to go. */
final class ExpectedMirror {

  private ExpectedMirror() {}

  /** True where a hop sends copies to the mirrors of a sentence, over the TLS that they want. */
  static boolean areAt(Hop hop, EgressIntent intent) {
    List<Mirror> said = intent.policy().mirrors();
    return hop.mirrors().size() == said.size()
        && IntStream.range(0, said.size())
            .allMatch(i -> isAsSaid(hop.mirrors().get(i), said.get(i)));
  }

  private static boolean isAsSaid(Mirrored traced, Mirror said) {
    EgressIntent to = said.to();
    UpstreamTls tls = traced.upstreamTls();
    UpstreamTls.Mode wanted = DeclaredCall.lastTls(to);
    return traced.sent()
        && traced.percent() == said.percent()
        && ClusterName.parse(traced.cluster())
            .filter(name -> name.host().equals(to.host().name()))
            .filter(name -> name.port() == to.port().number())
            .isPresent()
        && tls.mode() == wanted
        && (wanted == UpstreamTls.Mode.NONE || tls.sni().equals(to.host().name()));
  }
}
