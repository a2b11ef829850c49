package io.github.istioegress.dsl;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.MutualHop;
import io.github.istioegress.intent.PlainHop;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.TlsOrigination;
import io.github.istioegress.intent.Waypoint;

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
  public HttpGatewayIntent via(EgressGateway gateway) {
    return said.by(EgressPath.through(gateway), tls);
  }

  @Override
  public HttpGatewayIntent via(MutualHop hop) {
    return said.by(EgressPath.through(hop), tls);
  }

  @Override
  public HttpGatewayIntent via(Waypoint waypoint) {
    return said.by(EgressPath.through(waypoint), tls);
  }

  @Override
  public HttpGatewayIntent via(PlainHop hop) {
    return said.by(EgressPath.through(hop), tls);
  }
}
