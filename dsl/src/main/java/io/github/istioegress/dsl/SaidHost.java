package io.github.istioegress.dsl;

import io.github.istioegress.intent.Answering;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.Handling;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.PortProtocol;
import io.github.istioegress.intent.Serving;
import io.github.istioegress.intent.VersionedMesh;
import io.github.istioegress.mesh.IstioVersion;

/** A sentence up to its host: the steps before the port. */
record SaidHost(ExternalHost host, Handling handling, Origin origin)
    implements Egress.To,
        AnsweredHost.Shared,
        AnyHost,
        AnyHost.Served,
        AnyHost.Unserved,
        AnyHost.LookedUp {

  static SaidHost of(String host, Origin origin) {
    return new SaidHost(new ExternalHost(host), Handling.none(), origin);
  }

  @Override
  public SaidPort http(int port) {
    return on(new EgressPort(port, PortProtocol.HTTP));
  }

  @Override
  public SaidPort http2(int port) {
    return on(new EgressPort(port, PortProtocol.HTTP2));
  }

  @Override
  public SaidPort grpc(int port) {
    return on(new EgressPort(port, PortProtocol.GRPC));
  }

  @Override
  public SaidPort tls(int port) {
    return on(new EgressPort(port, PortProtocol.TLS));
  }

  @Override
  public SaidPort tcp(int port) {
    return on(new EgressPort(port, PortProtocol.TCP));
  }

  @Override
  public SaidPort port(int port) {
    return on(EgressPort.guess(port));
  }

  @Override
  public SaidHost servedBy(String serving) {
    return served(Serving.by(new ExternalHost(serving)));
  }

  @Override
  public SaidHost unresolved() {
    return served(Serving.unresolved());
  }

  @Override
  public SaidHost dynamicDns(VersionedMesh<? extends IstioVersion.Since1_30> mesh) {
    return served(Serving.dynamicDns());
  }

  @Override
  public SaidHost answeredBy(String other) {
    return answered(new Answering.Other(new ExternalHost(other)));
  }

  @Override
  public SaidHost canary(String other, int percent) {
    return answered(new Answering.Canary(new ExternalHost(other), percent));
  }

  @Override
  public SaidHost otherwise(String second, VersionedMesh<? extends IstioVersion.Since1_30> mesh) {
    return answered(new Answering.Failover(new ExternalHost(second)));
  }

  private SaidHost answered(Answering how) {
    return new SaidHost(host, handling.answered(how), origin);
  }

  private SaidHost served(Serving how) {
    return new SaidHost(host, handling.served(how), origin);
  }

  private SaidPort on(EgressPort port) {
    return new SaidPort(host, port, handling, origin);
  }
}
