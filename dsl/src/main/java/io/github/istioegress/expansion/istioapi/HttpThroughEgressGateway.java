package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequestBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.PortProtocol;

/** HTTP through an egress gateway: app -> sidecar :80 -> egress gateway :80 -> host :80. */
final class HttpThroughEgressGateway implements EgressPattern {

  @Override
  public boolean accepts(EgressIntent intent) {
    return intent.path().gateway().isPresent() && intent.port().protocol() == PortProtocol.HTTP;
  }

  @Override
  public void emit(HostEgress host, EgressIntent intent, NamespaceResources into) {
    EgressGateway gateway = intent.path().gateway().orElseThrow();
    long port = intent.port().number();
    into.server(
        gateway,
        host,
        new ServerBuilder()
            .withNewPort()
            .withNumber(port)
            .withName(intent.port().name())
            .withProtocol("HTTP")
            .endPort()
            .build());
    into.http(host, leg(NamespaceResources.MESH, port, into.toGateway(gateway, host, port)));
    into.http(host, leg(into.gatewayName(gateway), port, into.toHost(host, port)));
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
