package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.PortProtocol;

/**
 * Through an egress gateway and an outside forward proxy: app -> sidecar -> egress gateway ->
 * proxy, and inside a tunnel of HTTP CONNECT -> host. The way to the gateway is that of a host
 * which the gateway reaches itself; only its last leg leads to the proxy.
 */
final class TunnelBehindEgressGateway implements EgressPattern {

  private final EgressPattern passthrough = new TlsPassthroughThroughEgressGateway();
  private final EgressPattern bytes = new BytesThroughEgressGateway();

  @Override
  public boolean accepts(EgressIntent intent) {
    return intent.path().forwardProxy().isPresent() && intent.path().gateway().isPresent();
  }

  @Override
  public String title() {
    return "tunnel behind the gateway: app -> sidecar -> egress gateway -> proxy -> host";
  }

  @Override
  public void emit(HostEgress host, EgressIntent intent, NamespaceResources into) {
    boolean bySni =
        intent.port().protocol() == PortProtocol.TLS && intent.path().hop() == GatewayHop.PLAIN;
    (bySni ? passthrough : bytes).emit(host, intent, into);
  }
}
