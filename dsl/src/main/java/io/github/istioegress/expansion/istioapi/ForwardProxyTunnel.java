package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.PortProtocol;
import java.util.List;

/**
 * Through an outside forward proxy: app -> sidecar -> proxy, and inside a tunnel of HTTP CONNECT ->
 * host. The application knows nothing of the proxy.
 */
final class ForwardProxyTunnel implements EgressPattern {

  @Override
  public boolean accepts(EgressIntent intent) {
    return intent.path().forwardProxy().isPresent() && intent.path().gateway().isEmpty();
  }

  @Override
  public String title() {
    return "tunnel through a forward proxy: app -> sidecar -> proxy -> host";
  }

  @Override
  public void emit(HostEgress host, EgressIntent intent, NamespaceResources into) {
    String mesh = NamespaceResources.MESH;
    int port = intent.port().number();
    List<Leg> toProxy = List.of(into.proxies().tunnel(host, intent));
    if (intent.port().protocol() == PortProtocol.TLS) {
      into.tls().add(host, mesh, TlsLegs.bySni(host, mesh, port, toProxy));
    } else {
      into.tcp()
          .add(host, mesh, BytesThroughEgressGateway.leg(mesh, port, host.addresses(), toProxy));
    }
  }
}
