package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.PortProtocol;
import java.util.List;

/**
 * TLS passthrough: app -> sidecar :443 -> egress gateway :443 -> host :443, one TLS connection from
 * the application to the host that is routed by its SNI and opened by nobody. For a wildcard, the
 * host is the one that serves every name of it.
 */
final class TlsPassthroughThroughEgressGateway implements EgressPattern {

  @Override
  public boolean accepts(EgressIntent intent) {
    return intent.path().gateway().isPresent()
        && intent.path().forwardProxy().isEmpty()
        && intent.path().hop() == GatewayHop.PLAIN
        && intent.port().protocol() == PortProtocol.TLS;
  }

  @Override
  public String title() {
    return "TLS passthrough: app -> sidecar -> egress gateway -> host";
  }

  @Override
  public void emit(HostEgress host, EgressIntent intent, NamespaceResources into) {
    int port = intent.port().number();
    into.server(host, intent, Servers.passthrough(intent));
    String mesh = NamespaceResources.MESH;
    String name = into.boundTo(host, intent);
    into.tls()
        .add(host, mesh, TlsLegs.bySni(host, mesh, port, List.of(into.toGateway(host, intent))));
    into.tls().add(host, name, TlsLegs.bySni(host, name, port, into.outside(host, intent)));
  }
}
