package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EgressIntentTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final EgressIntent HTTP = through(80, PortProtocol.HTTP);
  private static final EgressIntent TLS = through(443, PortProtocol.TLS);
  private static final EgressIntent DIRECT = direct(443, PortProtocol.TLS);

  private static EgressIntent through(int port, PortProtocol protocol) {
    return EgressIntent.of(
        new ExternalHost("edition.cnn.com"),
        new EgressPort(port, protocol),
        EgressPath.through(GATEWAY),
        Origin.unknown());
  }

  private static EgressIntent direct(int port, PortProtocol protocol) {
    return EgressIntent.of(
        new ExternalHost("edition.cnn.com"),
        new EgressPort(port, protocol),
        EgressPath.direct(),
        Origin.unknown());
  }

  @Test
  void itReadsAsItWasSaid() {
    assertThat(HTTP)
        .hasToString(
            "Egress.to(\"edition.cnn.com\").http(80).via(istio-system/istio-egressgateway)");
    assertThat(DIRECT).hasToString("Egress.to(\"edition.cnn.com\").tls(443).direct()");
  }

  @Test
  void theGatewaysServiceMustHaveThePort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> through(8080, PortProtocol.HTTP))
        .withMessage(
            "edition.cnn.com http(8080) cannot go via istio-system/istio-egressgateway: its Service"
                + " has the ports [80, 443]; add port(8080, <pod port>) to the gateway");
    assertThat(direct(8080, PortProtocol.HTTP).port().number()).isEqualTo(8080);
  }

  @Test
  void aGatewayWithoutPortsTakesNothing() {
    EgressGateway closed = EgressGateway.named("edge").in("egress").labelled("istio", "edge");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EgressIntent.of(
                    HTTP.host(), HTTP.port(), EgressPath.through(closed), Origin.unknown()))
        .withMessageContaining("its Service has the ports []; add port(80, <pod port>)");
  }

  @Test
  void eachWordNamesItsObject() {
    EgressIntent named =
        HTTP.named("cnn.news")
            .portNamed("http-port")
            .subset("cnn")
            .virtualServiceNamed("route")
            .destinationRuleNamed("rule")
            .gatewayNamed("servers");
    assertThat(named.names())
        .isEqualTo(
            Map.of(
                NamedObject.SERVICE_ENTRY, "cnn.news",
                NamedObject.PORT, "http-port",
                NamedObject.SUBSET, "cnn",
                NamedObject.VIRTUAL_SERVICE, "route",
                NamedObject.DESTINATION_RULE, "rule",
                NamedObject.GATEWAY, "servers"));
    assertThat(HTTP.names()).as("the sentence named is another value").isEmpty();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> named.names().clear());
  }

  @Test
  void namesMayComeInAnyOrderAndTheLastHolds() {
    assertThat(HTTP.named("a").subset("b")).isEqualTo(HTTP.subset("b").named("a"));
    assertThat(HTTP.named("a").named("b")).isEqualTo(HTTP.named("b"));
  }

  static Stream<Arguments> gatewayWords() {
    return Stream.of(
        Arguments.of("subset", (BiFunction<EgressIntent, String, ?>) EgressIntent::subset),
        Arguments.of(
            "virtualServiceNamed",
            (BiFunction<EgressIntent, String, ?>) EgressIntent::virtualServiceNamed),
        Arguments.of(
            "destinationRuleNamed",
            (BiFunction<EgressIntent, String, ?>) EgressIntent::destinationRuleNamed),
        Arguments.of(
            "gatewayNamed", (BiFunction<EgressIntent, String, ?>) EgressIntent::gatewayNamed));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("gatewayWords")
  void theDirectWayHasNothingToNameThatOnlyAGatewayNeeds(
      String word, BiFunction<EgressIntent, String, ?> say) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> say.apply(DIRECT, "cnn"))
        .withMessage(
            word
                + "(\"cnn\") has nothing to name: edition.cnn.com tls(443) leaves directly, without"
                + " a gateway; say via(gateway) or leave the name out");
  }

  @Test
  void resourceNamesAreDnsSubdomains() {
    for (String wrong : new String[] {"", "Cnn", "cnn_news", ".cnn", "cnn.", "cnn-", "a..b"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HTTP.named(wrong))
          .withMessage(
              "name '"
                  + wrong
                  + "' is not a resource name: use up to 253 lower-case letters, digits, dashes and"
                  + " dots, as in cnn or cnn.news");
      assertThatIllegalArgumentException().isThrownBy(() -> HTTP.virtualServiceNamed(wrong));
      assertThatIllegalArgumentException().isThrownBy(() -> HTTP.destinationRuleNamed(wrong));
      assertThatIllegalArgumentException().isThrownBy(() -> HTTP.gatewayNamed(wrong));
    }
    assertThat(HTTP.named("a".repeat(253)).names()).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> HTTP.named("a".repeat(254)));
  }

  @Test
  void portNamesAndSubsetsAreDnsLabels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HTTP.portNamed("http.port"))
        .withMessageStartingWith("port name 'http.port' is not a DNS label");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HTTP.subset("cnn.news"))
        .withMessageStartingWith("subset 'cnn.news' is not a DNS label");
    assertThatIllegalArgumentException().isThrownBy(() -> HTTP.subset("a".repeat(64)));
  }

  @Test
  void aPortIsDeclaredAsItIsSpokenUnlessToldOtherwise() {
    assertThat(HTTP.protocolWord()).isEqualTo(DeclaredProtocol.HTTP);
    assertThat(TLS.protocolWord()).isEqualTo(DeclaredProtocol.TLS);
    assertThat(TLS.declaredAs(DeclaredProtocol.HTTPS).protocolWord())
        .isEqualTo(DeclaredProtocol.HTTPS);
  }

  @Test
  void aPortCannotBeDeclaredAsSomethingElse() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HTTP.declaredAs(DeclaredProtocol.HTTPS))
        .withMessage(
            "edition.cnn.com http(80) cannot be declared as HTTPS: that means tls at the pod");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TLS.declaredAs(DeclaredProtocol.HTTP))
        .withMessage(
            "edition.cnn.com tls(443) cannot be declared as HTTP: that means http at the pod");
  }

  @Test
  void whereItWasSaidMakesNoDifference() {
    EgressIntent elsewhere =
        EgressIntent.of(HTTP.host(), HTTP.port(), HTTP.path(), Origin.caller());
    assertThat(elsewhere).isEqualTo(HTTP).hasSameHashCodeAs(HTTP);
  }

  @Test
  void visibilityIsOpenUntilItIsSaid() {
    assertThat(HTTP.visibility()).isEmpty();
    assertThat(HTTP.visible(Visibility.MESH_DEFAULT).visibility())
        .contains(Visibility.MESH_DEFAULT);
  }

  @Test
  void eachWayKnowsItsGateway() {
    assertThat(EgressPath.through(GATEWAY).gateway()).contains(GATEWAY);
    assertThat(EgressPath.direct().gateway()).isEmpty();
    assertThat(EgressPath.direct()).isEqualTo(EgressPath.direct()).hasToString("direct()");
    assertThat(
            EgressPath.through(GATEWAY)
                .<String>match(d -> "direct", g -> "gateway", p -> "proxy", w -> "waypoint"))
        .isEqualTo("gateway");
    assertThat(
            EgressPath.direct()
                .<String>match(d -> "direct", g -> "gateway", p -> "proxy", w -> "waypoint"))
        .isEqualTo("direct");
  }
}
