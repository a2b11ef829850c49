package io.github.istioegress.dsl;

import io.github.istioegress.intent.Ca;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressWay;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.MutualHop;
import io.github.istioegress.intent.PlainHop;
import io.github.istioegress.intent.TlsOrigination;
import java.util.List;

/** A sentence up to the TLS that the last proxy begins. */
record SaidTls(SaidPort said, TlsOrigination tls) implements Egress.Originated {

  @Override
  public SaidTls toPort(int other) {
    return new SaidTls(said, tls.toPort(other));
  }

  @Override
  public SaidTls trusting(Ca ca) {
    return new SaidTls(said, tls.trusting(ca));
  }

  @Override
  public SaidTls san(String... names) {
    return new SaidTls(said, tls.expecting(List.of(names)));
  }

  @Override
  public SaidCertificate clientCertificate(String secret) {
    return new SaidCertificate(said, tls.showing(secret));
  }

  @Override
  public HttpGatewayIntent direct() {
    return said.by(EgressPath.direct(), tls);
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
