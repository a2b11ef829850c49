package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy outside that lets calls out. */
class ForwardProxyTest {

  private static final ForwardProxy SQUID =
      ForwardProxy.at("squid.corp.example", 3128).ip("10.9.0.4");
  private static final Egress.Unread A = Egress.to("a.example").tls(443);

  private static EgressPlan plan(EgressIntent... sentences) {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
        .namespace(MeshNamespace.named("shop"), sentences);
  }

  @Test
  void itIsAWayOfItsOwn() {
    EgressPath path = EgressPath.through(SQUID);
    assertThat(path.forwardProxy()).contains(SQUID);
    assertThat(path.gateway()).isEmpty();
    assertThat(path.<String>match(d -> "direct", g -> "gateway", p -> "proxy", w -> "waypoint"))
        .isEqualTo("proxy");
    assertThat(A.via(SQUID))
        .hasToString("Egress.to(\"a.example\").tls(443).via(squid.corp.example:3128)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.9.0.0/24", "proxy", "127.0.0.1"})
  void itsAddressesAreSingleOnes(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForwardProxy.at("squid.corp.example", 3128).ip(address))
        .withMessageContaining(address);
  }

  @Test
  void itHasAPortAndAnAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForwardProxy.at("squid.corp.example", 0).ip("10.9.0.4"))
        .withMessageContaining("port 0 is out of range");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForwardProxy.at("squid.corp.example", 3128).ip())
        .withMessageContaining("name one host and its single addresses");
  }

  @Test
  void whatProxiesReadHasNoTunnel() {
    EgressPort http = new EgressPort(80, PortProtocol.HTTP);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EgressIntent.of(
                    new ExternalHost("a.example"),
                    http,
                    EgressPath.through(SQUID),
                    Origin.caller()))
        .withMessageContaining("Istio opens tunnels for bytes and TLS of the application");
  }

  @Test
  void oneProxyIsDescribedInOneWay() {
    EgressIntent one = A.via(SQUID);
    EgressIntent other =
        Egress.to("b.example")
            .tls(443)
            .via(ForwardProxy.at("squid.corp.example", 8080).ip("10.9.0.4"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(one, other))
        .withMessageContaining("describe the forward proxy squid.corp.example differently");
  }

  @Test
  void aSentenceToTheProxyKnowsItAlike() {
    Egress.To proxy = Egress.to("squid.corp.example");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(A.via(SQUID), proxy.tcp(3128).at("10.9.0.5").direct()))
        .withMessageContaining("say tcp(3128) of it at [10.9.0.4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(A.via(SQUID), proxy.tls(443).direct()))
        .withMessageContaining("know the forward proxy by different ports or addresses");
    assertThat(plan(A.via(SQUID), proxy.tcp(3128).at("10.9.0.4").direct()).isEmpty()).isFalse();
  }

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();

  @Test
  void aGatewayMayAskIt() {
    GatewayIntent said = A.via(GATEWAY.through(SQUID));
    assertThat(said.path().gateway()).contains(GATEWAY);
    assertThat(said.path().forwardProxy()).contains(SQUID);
    assertThat(said.path().isDirect()).isFalse();
    assertThat(said)
        .hasToString(
            "Egress.to(\"a.example\").tls(443).via(istio-system/istio-egressgateway"
                + ".through(squid.corp.example:3128))");
    GatewayIntent known = said.from(Callers.namespace("shop"));
    assertThat(known.path())
        .as("who calls is known by mutual TLS, and the proxy stays")
        .isEqualTo(EgressPath.through(GATEWAY.overIstioMutualTls().through(SQUID)));
  }

  @Test
  void aGatewayOfTheGatewayApiHasNoSubsetsToAskItBy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> A.via(EgressGateway.gatewayApi("edge").in("egress").through(SQUID)))
        .withMessageContaining(
            ".through(squid.corp.example:3128) cannot be said in the Gateway API: a tunnel is a"
                + " subset of the forward proxy, and its routes know no subsets");
  }

  @Test
  void aGatewayTakesTheTunnelsOfOneNamespace() {
    EgressIntent a = A.via(GATEWAY.through(SQUID));
    EgressIntent b = Egress.to("b.example").tls(443).via(GATEWAY.through(SQUID));
    EgressPlan shop = plan(a);
    MeshNamespace fleet = MeshNamespace.named("fleet");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shop.namespace(fleet, b))
        .withMessageContaining(
            "give the proxy a name for each, as in ForwardProxy.at(\"shop.squid.corp.example\","
                + " 3128), for nobody looks it up");
    assertThat(shop.namespace(fleet, a).namespaces()).as("the same tunnels").hasSize(2);
    ForwardProxy own = ForwardProxy.at("fleet.squid.corp.example", 3128).ip("10.9.0.4");
    EgressIntent renamed = Egress.to("b.example").tls(443).via(GATEWAY.through(own));
    assertThat(shop.namespace(fleet, renamed).namespaces()).hasSize(2);
    EgressIntent direct = Egress.to("b.example").tls(443).via(SQUID);
    assertThat(shop.namespace(fleet, direct).namespaces())
        .as("sidecars of another namespace have tunnels of their own")
        .hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shop.namespace(MeshNamespace.named("istio-system"), direct))
        .withMessageContaining("lead two namespaces through the forward proxy squid.corp.example");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shop.namespace(fleet, Egress.to("a.example").tls(443).via(GATEWAY)))
        .withMessageContaining("want one gateway to reach one host by different forward proxies");
  }

  @Test
  void tunnelsNeed115() {
    EgressPlan plan = plan(A.via(SQUID));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.onMesh(Mesh.istio(IstioVersion.of(1, 14))))
        .withMessageContaining("for Istio 1.15 and newer; the mesh is 1.14");
    assertThat(plan.onMesh(Mesh.istio(IstioVersion.of(1, 15))).isEmpty()).isFalse();
  }
}
