package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributes;
import io.fabric8.istio.api.api.networking.v1alpha3.L4MatchAttributesBuilder;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRouteBuilder;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.PortProtocol;
import java.util.List;

/**
 * Bytes through an egress gateway: app -> sidecar :5432 -> egress gateway :5432 -> host :5432. On a
 * plain hop the port belongs to one host; inside mutual TLS of the mesh its SNI tells hosts apart,
 * and TLS of the application may be what is inside.
 */
final class BytesThroughEgressGateway implements EgressPattern {

  @Override
  public boolean accepts(EgressIntent intent) {
    PortProtocol protocol = intent.port().protocol();
    boolean tlsInside =
        protocol == PortProtocol.TLS && intent.path().hop() == GatewayHop.ISTIO_MUTUAL;
    return intent.path().gateway().isPresent()
        && intent.path().forwardProxy().isEmpty()
        && (protocol == PortProtocol.TCP || tlsInside);
  }

  @Override
  public String title() {
    return "bytes through the gateway: app -> sidecar -> egress gateway -> host";
  }

  @Override
  public void emit(HostEgress host, EgressIntent intent, NamespaceResources into) {
    int port = intent.port().number();
    String mesh = NamespaceResources.MESH;
    String name = into.boundTo(host, intent);
    Leg toGateway = into.toGateway(host, intent);
    into.server(
        host,
        intent,
        intent.path().hop() == GatewayHop.ISTIO_MUTUAL
            ? Servers.mutualBytes(intent)
            : Servers.plain(intent));
    if (intent.port().protocol() == PortProtocol.TLS) {
      into.tls().add(host, mesh, TlsLegs.bySni(host, mesh, port, List.of(toGateway)));
    } else {
      into.tcp().add(host, mesh, leg(mesh, port, host.addresses(), List.of(toGateway)));
    }
    into.tcp().add(host, name, leg(name, port, List.of(), into.outside(host, intent)));
  }

  /** A route of bytes that were dialled at these addresses; any where there are none. */
  static TCPRoute leg(String gateway, int port, List<String> addresses, List<Leg> destinations) {
    L4MatchAttributes match =
        new L4MatchAttributesBuilder()
            .withGateways(gateway)
            .withPort((long) port)
            .withDestinationSubnets(addresses)
            .build();
    return new TCPRouteBuilder()
        .withMatch(match)
        .withRoute(destinations.stream().map(TlsLegs::destination).toList())
        .build();
  }
}
