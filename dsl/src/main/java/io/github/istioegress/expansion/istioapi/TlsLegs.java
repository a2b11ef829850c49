package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.RouteDestinationBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributesBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRouteBuilder;
import io.github.istioegress.intent.HostEgress;
import java.util.List;

/** Routes of TLS by its SNI. */
final class TlsLegs {

  private TlsLegs() {}

  static TLSRoute bySni(HostEgress host, String gateway, int port, List<Leg> destinations) {
    return new TLSRouteBuilder()
        .withMatch(
            new TLSMatchAttributesBuilder()
                .withGateways(gateway)
                .withPort((long) port)
                .withSniHosts(host.host().name())
                .build())
        .withRoute(destinations.stream().map(TlsLegs::destination).toList())
        .build();
  }

  /** One end of a route for bytes, whose names nobody reads. */
  static RouteDestination destination(Leg leg) {
    return new RouteDestinationBuilder()
        .withDestination(leg.destination())
        .withWeight(leg.weight())
        .build();
  }
}
