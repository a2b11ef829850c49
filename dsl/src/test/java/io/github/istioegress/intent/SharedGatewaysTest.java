package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import org.junit.jupiter.api.Test;

/** What sentences through one port of a gateway have to agree on. */
class SharedGatewaysTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault().port(5432, 5432);
  private static final MutualHop MUTUAL = GATEWAY.overIstioMutualTls();

  private static EgressPlan together(EgressIntent one, EgressIntent other) {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
        .namespace(MeshNamespace.named("shop"), one, other);
  }

  private static EgressPlan apart(EgressIntent one, EgressIntent other) {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
        .namespace(MeshNamespace.named("bank"), one)
        .namespace(MeshNamespace.named("shop"), other);
  }

  private static void refused(EgressIntent one, EgressIntent other, String what) {
    String message =
        "%s at %s and %s at %s%s"
            .formatted(one, one.origin().place(), other, other.origin().place(), what);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> together(one, other))
        .withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> apart(one, other)).withMessage(message);
  }

  private static void taken(EgressIntent one, EgressIntent other) {
    assertThat(together(one, other).gateways()).hasSize(1);
    assertThat(apart(one, other).gateways()).hasSize(1);
  }

  private static EgressIntent database(int number, EgressPath path) {
    return EgressIntent.of(
        new ExternalHost("db" + number + ".example"),
        new EgressPort(5432, PortProtocol.TCP),
        path,
        Handling.none().at(java.util.List.of("10.1.2." + number)),
        Origin.unknown());
  }

  @Test
  void onePortIsEitherPlainHttpOrMutualTls() {
    refused(
        Egress.to("a.example").http(80).via(GATEWAY),
        Egress.to("b.example").http(80).via(MUTUAL),
        " contradict each other on port 80 of the gateway: a gateway's port takes either plain HTTP,"
            + " TLS or plain bytes; send one of them through another port, or both over Istio"
            + " mutual TLS");
  }

  @Test
  void onePortIsEitherHttpOrBytes() {
    refused(
        Egress.to("a.example").http(5432).via(GATEWAY),
        database(1, EgressPath.through(GATEWAY)),
        " contradict each other on port 5432 of the gateway: a gateway's port takes either plain"
            + " HTTP, TLS or plain bytes; send one of them through another port, or both over Istio"
            + " mutual TLS");
  }

  @Test
  void plainBytesOfTwoHostsCannotShareAPort() {
    refused(
        database(1, EgressPath.through(GATEWAY)),
        database(2, EgressPath.through(GATEWAY)),
        " meet on port 5432 of the gateway, and bytes name no host: say"
            + " via(gateway.overIstioMutualTls()) in both, or send one through another port");
  }

  @Test
  void mutualBytesOfTwoHostsShareAPort() {
    taken(database(1, EgressPath.through(MUTUAL)), database(2, EgressPath.through(MUTUAL)));
  }

  @Test
  void formsOfHttpShareAPort() {
    taken(
        Egress.to("a.example").http(80).via(GATEWAY), Egress.to("b.example").grpc(80).via(GATEWAY));
    taken(
        Egress.to("a.example").http2(80).via(MUTUAL), Egress.to("b.example").http(80).via(MUTUAL));
  }

  @Test
  void whateverIsInsideMutualTlsSharesAPort() {
    taken(database(1, EgressPath.through(MUTUAL)), Egress.to("a.example").http(5432).via(MUTUAL));
    taken(
        Egress.to("a.example").tls(443).via(MUTUAL), Egress.to("b.example").http(443).via(MUTUAL));
  }

  @Test
  void passthroughAndMutualTlsOfTwoHostsShareAPort() {
    taken(
        Egress.to("a.example").tls(443).via(GATEWAY), Egress.to("b.example").tls(443).via(MUTUAL));
  }

  private static void refusedApart(EgressIntent one, EgressIntent other, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> apart(one, other))
        .withMessage(
            "%s at %s and %s at %s %s",
            one, one.origin().place(), other, other.origin().place(), what);
  }

  @Test
  void mutualTlsToOneHostMayComeFromTwoNamespaces() {
    EgressIntent one = Egress.to("a.example").tls(443).via(MUTUAL);
    assertThat(apart(one, one).gateways()).hasSize(1);
    EgressIntent plain = Egress.to("a.example").tls(443).via(GATEWAY);
    assertThat(apart(plain, plain).gateways()).hasSize(1);
  }

  @Test
  void oneHostComesOverOneKindOfHop() {
    refusedApart(
        Egress.to("a.example").tls(443).via(MUTUAL),
        Egress.to("a.example").tls(443).via(GATEWAY),
        "bring one host to port 443 of the gateway with and without mutual TLS of the mesh: its"
            + " servers cannot tell the two apart; say the same in both, or use a gateway each");
  }

  @Test
  void oneHostIsReadOrPassedOn() {
    refusedApart(
        Egress.to("a.example").http(443).via(MUTUAL),
        Egress.to("a.example").tls(443).via(MUTUAL),
        "bring one host to port 443 of the gateway once as HTTP and once as bytes, and its server"
            + " reads either; send one of them through another port, or use a gateway each");
  }

  @Test
  void ofTwoRoutesForOneHostTheOlderWouldHold() {
    refusedApart(
        Egress.to("a.example").http(80).via(GATEWAY).timeout(java.time.Duration.ofSeconds(3)),
        Egress.to("a.example").http(80).via(GATEWAY),
        "want different patience of one gateway: it has one route and one rule for a host and port;"
            + " say the same timeouts, retries and connections in both, or use a gateway each");
  }
}
