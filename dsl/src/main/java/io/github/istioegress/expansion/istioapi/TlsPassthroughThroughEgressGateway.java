package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ServerBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSMatchAttributesBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRouteBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.PortProtocol;

/**
 * TLS passthrough: app -> sidecar :443 -> egress gateway :443 -> host :443, one TLS connection from
 * the application to the host that is routed by its SNI and opened by nobody.
 */
final class TlsPassthroughThroughEgressGateway implements EgressPattern {

  @Override
  public boolean accepts(EgressIntent intent) {
    return intent.path().gateway().isPresent() && intent.port().protocol() == PortProtocol.TLS;
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
            .withProtocol("TLS")
            .endPort()
            .withNewTls()
            .withMode(ServerTLSSettingsTLSmode.PASSTHROUGH)
            .endTls()
            .build());
    into.tls(host, leg(host, NamespaceResources.MESH, port, into.toGateway(gateway, host, port)));
    into.tls(host, leg(host, into.gatewayName(gateway), port, into.toHost(host, port)));
  }

  private static TLSRoute leg(HostEgress host, String gateway, long port, Leg destination) {
    return new TLSRouteBuilder()
        .withMatch(
            new TLSMatchAttributesBuilder()
                .withGateways(gateway)
                .withPort(port)
                .withSniHosts(host.host().name())
                .build())
        .addNewRoute()
        .withDestination(destination.destination())
        .withWeight(Leg.WHOLE)
        .endRoute()
        .build();
  }
}
