package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequestBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteBuilder;
import io.github.istioegress.intent.EgressGateway;
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
    EgressGateway gateway = intent.path().gateway().orElseThrow();
    long port = intent.port().number();
    boolean mutual = intent.path().hop() == GatewayHop.ISTIO_MUTUAL;
    into.server(gateway, host, mutual ? Servers.mutualHttp(intent) : Servers.plain(intent));
    String mesh = NamespaceResources.MESH;
    String name = into.gatewayName(gateway);
    into.http().add(host, mesh, leg(mesh, port, into.toGateway(host, intent)));
    into.http().add(host, name, leg(name, port, into.toHost(host.host(), port)));
  }

  private static HTTPRoute leg(String gateway, long port, Leg destination) {
    return new HTTPRouteBuilder()
        .withMatch(new HTTPMatchRequestBuilder().withGateways(gateway).withPort(port).build())
        .addNewRoute()
        .withDestination(destination.destination())
        .withWeight(Leg.WHOLE)
        .endRoute()
        .build();
  }
}
