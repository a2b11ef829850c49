package io.github.istioegress.expansion.istioapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.VirtualService;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.intent.DeclaredProtocol;
import io.github.istioegress.intent.EgressGateway;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each way of Istio's documentation, field by field. */
class FourPatternsTest {

  private static final String SERVICE = "istio-egressgateway.istio-system.svc.cluster.local";
  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final Egress.To CNN = Egress.to("edition.cnn.com");

  private static void entry(
      Expanded expanded, int number, String name, String protocol, String... exportTo) {
    var spec = expanded.entry("edition-cnn-com").getSpec();
    assertThat(spec.getHosts()).containsExactly("edition.cnn.com");
    assertThat(spec.getResolution()).isEqualTo(ServiceEntryResolution.DNS);
    assertThat(spec.getExportTo()).containsExactly(exportTo);
    assertThat(spec.getPorts()).hasSize(1);
    assertThat(spec.getPorts().get(0).getNumber()).isEqualTo((long) number);
    assertThat(spec.getPorts().get(0).getName()).isEqualTo(name);
    assertThat(spec.getPorts().get(0).getProtocol()).isEqualTo(protocol);
    assertThat(spec.getPorts().get(0).getTargetPort()).isNull();
    assertThat(spec.getLocation()).isNull();
    assertThat(spec.getEndpoints()).isEmpty();
    assertThat(spec.getAddresses()).isEmpty();
  }

  @Test
  void httpStraightFromTheSidecar() {
    Expanded expanded = Expanded.shop(CNN.port(80).direct());
    assertThat(expanded.keys())
        .containsExactly("Namespace shop", "ServiceEntry shop/edition-cnn-com");
    entry(expanded, 80, "http", "HTTP", ".");
  }

  @Test
  void tlsStraightFromTheSidecar() {
    Expanded expanded = Expanded.shop(CNN.port(443).direct());
    assertThat(expanded.keys())
        .containsExactly("Namespace shop", "ServiceEntry shop/edition-cnn-com");
    entry(expanded, 443, "tls", "TLS", ".");
  }

  @Test
  void unusualPortsCarryTheirNumberInTheName() {
    entry(Expanded.shop(CNN.http(8080).direct()), 8080, "http-8080", "HTTP", ".");
    entry(Expanded.shop(CNN.tls(8443).direct()), 8443, "tls-8443", "TLS", ".");
    entry(Expanded.shop(CNN.http(443).direct()), 443, "http-443", "HTTP", ".");
    entry(Expanded.shop(CNN.tls(80).direct()), 80, "tls-80", "TLS", ".");
  }

  @Test
  void theProtocolWordIsTheOneSaid() {
    entry(
        Expanded.shop(CNN.port(443).direct().declaredAs(DeclaredProtocol.HTTPS)),
        443,
        "tls",
        "HTTPS",
        ".");
  }

  @Test
  void httpThroughTheGateway() {
    Expanded expanded = Expanded.shop(CNN.port(80).via(GATEWAY));
    assertThat(expanded.keys())
        .containsExactly(
            "Namespace shop",
            "ServiceEntry shop/edition-cnn-com",
            "Gateway shop/istio-egressgateway",
            "DestinationRule shop/istio-egressgateway",
            "VirtualService shop/direct-edition-cnn-com-from-egress-gateway",
            "VirtualService shop/direct-edition-cnn-com-through-egress-gateway");
    entry(expanded, 80, "http", "HTTP", ".", "istio-system");
    server(expanded, 80, "http", "HTTP");
    assertThat(expanded.gateway("istio-egressgateway").getSpec().getServers().get(0).getTls())
        .isNull();
    rule(expanded);
    var callers = callersLeg(expanded);
    var gateways = gatewaysLeg(expanded);
    assertThat(callers.getTls()).isEmpty();
    assertThat(gateways.getTls()).isEmpty();
    assertThat(callers.getHttp()).hasSize(1);
    http(callers.getHttp().get(0), "mesh", 80, SERVICE, "edition-cnn-com");
    assertThat(gateways.getHttp()).hasSize(1);
    http(gateways.getHttp().get(0), "istio-egressgateway", 80, "edition.cnn.com", null);
  }

  @Test
  void tlsThroughTheGateway() {
    Expanded expanded = Expanded.shop(CNN.port(443).via(GATEWAY));
    assertThat(expanded.keys()).hasSize(6);
    entry(expanded, 443, "tls", "TLS", ".", "istio-system");
    server(expanded, 443, "tls", "TLS");
    assertThat(
            expanded
                .gateway("istio-egressgateway")
                .getSpec()
                .getServers()
                .get(0)
                .getTls()
                .getMode())
        .isEqualTo(ServerTLSSettingsTLSmode.PASSTHROUGH);
    rule(expanded);
    var callers = callersLeg(expanded);
    var gateways = gatewaysLeg(expanded);
    assertThat(callers.getHttp()).isEmpty();
    assertThat(gateways.getHttp()).isEmpty();
    assertThat(callers.getTls()).hasSize(1);
    tls(callers.getTls().get(0), "mesh", 443, SERVICE, "edition-cnn-com");
    assertThat(gateways.getTls()).hasSize(1);
    tls(gateways.getTls().get(0), "istio-egressgateway", 443, "edition.cnn.com", null);
  }

  @Test
  void bothPortsThroughTheGatewayAreOneSet() {
    Expanded expanded = Expanded.shop(CNN.port(443).via(GATEWAY), CNN.port(80).via(GATEWAY));
    assertThat(expanded.keys()).hasSize(6);
    assertThat(expanded.entry("edition-cnn-com").getSpec().getPorts())
        .extracting(port -> port.getName())
        .containsExactly("http", "tls");
    assertThat(expanded.gateway("istio-egressgateway").getSpec().getServers())
        .extracting(server -> server.getPort().getName())
        .containsExactly("http", "tls");
    rule(expanded);
    for (VirtualService leg : List.of(callersLeg(expanded), gatewaysLeg(expanded))) {
      assertThat(leg.getHttp()).hasSize(1);
      assertThat(leg.getTls()).hasSize(1);
    }
  }

  @Test
  void oneServiceEntryHoldsTheOpenAndTheGuardedPort() {
    Expanded expanded = Expanded.shop(CNN.port(443).direct(), CNN.port(80).via(GATEWAY));
    assertThat(expanded.keys()).hasSize(6);
    assertThat(expanded.entry("edition-cnn-com").getSpec().getPorts())
        .extracting(port -> port.getNumber())
        .containsExactly(80L, 443L);
    assertThat(expanded.gateway("istio-egressgateway").getSpec().getServers()).hasSize(1);
    for (VirtualService leg : List.of(callersLeg(expanded), gatewaysLeg(expanded))) {
      assertThat(leg.getHttp()).hasSize(1);
      assertThat(leg.getTls()).as("443 is left to the ServiceEntry").isEmpty();
    }
  }

  @Test
  void twoPortsOfOneProtocolHaveARouteEach() {
    EgressGateway gateway = GATEWAY.port(8080, 8081);
    Expanded expanded = Expanded.shop(CNN.http(80).via(gateway), CNN.http(8080).via(gateway));
    var callers = callersLeg(expanded).getHttp();
    var gateways = gatewaysLeg(expanded).getHttp();
    assertThat(callers).hasSize(2);
    assertThat(gateways).hasSize(2);
    http(callers.get(1), "mesh", 8080, SERVICE, "edition-cnn-com");
    http(gateways.get(1), "istio-egressgateway", 8080, "edition.cnn.com", null);
    assertThat(expanded.gateway("istio-egressgateway").getSpec().getServers())
        .extracting(server -> server.getPort().getName())
        .containsExactly("http", "http-8080");
  }

  private static void server(Expanded expanded, int number, String name, String protocol) {
    var spec = expanded.gateway("istio-egressgateway").getSpec();
    assertThat(spec.getSelector()).isEqualTo(Map.of("istio", "egressgateway"));
    assertThat(spec.getServers()).hasSize(1);
    Server server = spec.getServers().get(0);
    assertThat(server.getHosts()).containsExactly("./edition.cnn.com");
    assertThat(server.getPort().getNumber()).isEqualTo((long) number);
    assertThat(server.getPort().getName()).isEqualTo(name);
    assertThat(server.getPort().getProtocol()).isEqualTo(protocol);
  }

  private static void rule(Expanded expanded) {
    var spec = expanded.rule("istio-egressgateway").getSpec();
    assertThat(spec.getHost()).isEqualTo(SERVICE);
    assertThat(spec.getSubsets())
        .extracting(subset -> subset.getName())
        .containsExactly("edition-cnn-com");
    assertThat(spec.getSubsets().get(0).getTrafficPolicy()).isNull();
    assertThat(spec.getTrafficPolicy()).isNull();
    assertThat(spec.getExportTo()).containsExactly(".");
  }

  private static VirtualService callersLeg(Expanded expanded) {
    return leg(expanded, "direct-edition-cnn-com-through-egress-gateway", "mesh", ".");
  }

  private static VirtualService gatewaysLeg(Expanded expanded) {
    return leg(
        expanded,
        "direct-edition-cnn-com-from-egress-gateway",
        "istio-egressgateway",
        "istio-system");
  }

  private static VirtualService leg(
      Expanded expanded, String name, String gateway, String exportTo) {
    VirtualService spec = expanded.routes(name).getSpec();
    assertThat(spec.getHosts()).containsExactly("edition.cnn.com");
    assertThat(spec.getGateways()).containsExactly(gateway);
    assertThat(spec.getExportTo()).containsExactly(exportTo);
    assertThat(spec.getTcp()).isEmpty();
    return spec;
  }

  private static void http(
      HTTPRoute route, String gateway, int port, String to, @Nullable String subset) {
    assertThat(route.getMatch()).hasSize(1);
    assertThat(route.getMatch().get(0).getGateways()).isEqualTo(List.of(gateway));
    assertThat(route.getMatch().get(0).getPort()).isEqualTo((long) port);
    assertThat(route.getRoute()).hasSize(1);
    assertThat(route.getRoute().get(0).getWeight()).isEqualTo(100);
    var destination = route.getRoute().get(0).getDestination();
    assertThat(destination.getHost()).isEqualTo(to);
    assertThat(destination.getSubset()).isEqualTo(subset);
    assertThat(destination.getPort().getNumber()).isEqualTo((long) port);
  }

  private static void tls(
      TLSRoute route, String gateway, int port, String to, @Nullable String subset) {
    assertThat(route.getMatch()).hasSize(1);
    assertThat(route.getMatch().get(0).getGateways()).isEqualTo(List.of(gateway));
    assertThat(route.getMatch().get(0).getPort()).isEqualTo((long) port);
    assertThat(route.getMatch().get(0).getSniHosts()).containsExactly("edition.cnn.com");
    assertThat(route.getRoute()).hasSize(1);
    assertThat(route.getRoute().get(0).getWeight()).isEqualTo(100);
    var destination = route.getRoute().get(0).getDestination();
    assertThat(destination.getHost()).isEqualTo(to);
    assertThat(destination.getSubset()).isEqualTo(subset);
    assertThat(destination.getPort().getNumber()).isEqualTo((long) port);
  }
}
