package io.github.istioegress.dsl;

import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressWay;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.MutualHop;
import io.github.istioegress.intent.PlainHop;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.TlsOrigination;

/** A sentence up to the client certificate that the last proxy shows. */
record SaidCertificate(SaidPort said, TlsOrigination tls)
    implements Egress.Authenticated, Egress.Only {

  @Override
  public SaidCertificate direct() {
    return this;
  }

  @Override
  public HttpGatewayIntent only(Pods pods) {
    return said.by(EgressPath.direct(), tls.onlyBy(pods));
  }

  @Override
  public HttpGatewayIntent via(EgressWay way) {
    return said.by(EgressPath.through(way), tls);
  }

  @Override
  public HttpGatewayIntent via(MutualHop hop) {
    return said.by(EgressPath.through(hop), tls);
  }

  @Override
  public HttpGatewayIntent via(PlainHop hop) {
    return said.by(EgressPath.through(hop), tls);
  }
}
