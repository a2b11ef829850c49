package io.github.istioegress.expansion.istioapi;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.HostEgress;

/**
 * HTTP through an egress gateway: app -> sidecar :80 -> egress gateway :80 -> host :80, in
 * plaintext or with mutual TLS of the mesh to the gateway; where TLS is originated, the gateway
 * does it.
 */
final class HttpThroughEgressGateway implements EgressPattern {

  @Override
  public boolean accepts(EgressIntent intent) {
    return intent.path().gateway().isPresent() && intent.port().protocol().isReadable();
  }

  @Override
  public String title() {
    return "HTTP through the gateway: app -> sidecar -> egress gateway -> host";
  }

  @Override
  public void emit(HostEgress host, EgressIntent intent, NamespaceResources into) {
    boolean mutual = intent.path().hop() == GatewayHop.ISTIO_MUTUAL;
    into.server(host, intent, mutual ? Servers.mutualHttp(intent) : Servers.plain(intent));
    String name = into.boundTo(host, intent);
    into.http()
        .add(
            host,
            NamespaceResources.MESH,
            HttpLegs.toGateway(intent, into.toGateway(host, intent)));
    into.http().add(host, name, HttpLegs.toHost(name, intent));
  }
}
