package io.github.istioegress.dsl;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPath;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.EgressWay;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.ForwardProxy;
import io.github.istioegress.intent.Handling;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.MutualHop;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.PlainHop;
import io.github.istioegress.intent.ProxiedGateway;
import io.github.istioegress.intent.TlsOrigination;
import java.util.List;

/** A sentence up to its port: the steps before the way. */
record SaidPort(ExternalHost host, EgressPort port, Handling handling, Origin origin)
    implements Egress.Plain,
        Egress.Unread,
        Egress.Stream,
        AnyHost.ServedPort,
        AnyHost.LookedUpPort {

  @Override
  public SaidTls originateTls() {
    return new SaidTls(this, TlsOrigination.standard());
  }

  @Override
  public SaidPort at(String... addresses) {
    if (addresses.length == 0) {
      throw new IllegalArgumentException(
          "%s %s names no address: bytes name no host, so say at(\"10.1.2.3\")"
              .formatted(host, port));
    }
    return new SaidPort(host, port, handling.at(List.of(addresses)), origin);
  }

  @Override
  public HttpGatewayIntent direct() {
    return by(EgressPath.direct());
  }

  @Override
  public HttpGatewayIntent via(EgressWay way) {
    return by(EgressPath.through(way));
  }

  @Override
  public HttpGatewayIntent via(EgressGateway gateway) {
    return by(EgressPath.through(gateway));
  }

  @Override
  public HttpGatewayIntent via(MutualHop hop) {
    return by(EgressPath.through(hop));
  }

  @Override
  public HttpGatewayIntent via(PlainHop hop) {
    return by(EgressPath.through(hop));
  }

  @Override
  public HttpGatewayIntent via(ForwardProxy proxy) {
    return by(EgressPath.through(proxy));
  }

  @Override
  public HttpGatewayIntent via(ProxiedGateway way) {
    return by(EgressPath.through(way));
  }

  HttpGatewayIntent by(EgressPath path) {
    return EgressIntent.of(host, port, path, handling, origin);
  }

  HttpGatewayIntent by(EgressPath path, TlsOrigination tls) {
    return EgressIntent.of(host, port, path, handling.originating(tls), origin);
  }
}
