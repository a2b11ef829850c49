package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributesBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRouteBuilder;
import io.github.istioegress.intent.HostEgress;

/** Routes of TLS by its SNI. */
final class TlsLegs {

  private TlsLegs() {}

  static TLSRoute bySni(HostEgress host, String gateway, int port, Leg destination) {
    return new TLSRouteBuilder()
        .withMatch(
            new TLSMatchAttributesBuilder()
                .withGateways(gateway)
                .withPort((long) port)
                .withSniHosts(host.host().name())
                .build())
        .addNewRoute()
        .withDestination(destination.destination())
        .withWeight(Leg.WHOLE)
        .endRoute()
        .build();
  }
}
