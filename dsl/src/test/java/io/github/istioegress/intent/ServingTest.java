package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wildcards: how their hosts are found, and what they cannot have. */
class ServingTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();

  private static EgressIntent wildcard(Handling handling, EgressPath path) {
    return EgressIntent.of(
        new ExternalHost("*.a.example"),
        new EgressPort(443, PortProtocol.TLS),
        path,
        handling,
        Origin.unknown());
  }

  private static String kind(Serving serving) {
    return serving.match(by -> "by " + by.host(), () -> "unresolved", () -> "dynamic");
  }

  @Test
  void eachChoiceIsItsOwn() {
    assertThat(kind(Serving.by(new ExternalHost("www.a.example")))).isEqualTo("by www.a.example");
    assertThat(kind(Serving.unresolved())).isEqualTo("unresolved");
    assertThat(kind(Serving.dynamicDns())).isEqualTo("dynamic");
    assertThat(Serving.unresolved()).isEqualTo(Serving.unresolved());
    assertThat(Serving.unresolved()).isNotEqualTo(Serving.dynamicDns());
  }

  @Test
  void theServingHostIsOneHost() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.toAnyOf("*.a.example").servedBy("*.a.example"))
        .withMessage(
            "servedBy(\"*.a.example\") is a wildcard itself: name the one host whose servers"
                + " answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.a.example", "*", "*a.example"})
  void oneHostIsNoWildcard(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.to(host))
        .withMessage(
            "host '%s' is a wildcard: say toAnyOf(\"%s\"), and how its hosts are found",
            host, host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example", "*", "*a.example", "www.*.example", ""})
  void aWildcardStandsForAWholeDomain(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.toAnyOf(host))
        .withMessage(
            "host '%s' is no wildcard: say to(\"%s\"), or write *.example.com", host, host);
  }

  @Test
  void aWildcardsDomainIsCheckedLikeAnyHost() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.toAnyOf("*.https://a.example"))
        .withMessageContaining("has a scheme");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Egress.toAnyOf("*.com"))
        .withMessage(
            "host '*.com' has no domain: write the fully qualified name, such as *.example.com");
  }

  @Test
  void aWildcardSaysHowItsHostsAreFound() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wildcard(Handling.none(), EgressPath.direct()))
        .withMessage("host '*.a.example' is a wildcard: say toAnyOf, and how its hosts are found");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EgressIntent.of(
                    new ExternalHost("a.example"),
                    new EgressPort(443, PortProtocol.TLS),
                    EgressPath.direct(),
                    Handling.none().served(Serving.unresolved()),
                    Origin.unknown()))
        .withMessage("host 'a.example' is no wildcard: say to");
  }

  @Test
  void aWildcardCannotGoOverIstioMutualTls() {
    Handling served = Handling.none().served(Serving.by(new ExternalHost("www.a.example")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wildcard(served, EgressPath.through(GATEWAY.overIstioMutualTls())))
        .withMessage(
            "*.a.example cannot go over Istio mutual TLS: the hop has one SNI, a wildcard has many"
                + " hosts");
    assertThat(wildcard(served, EgressPath.through(GATEWAY)).path().hop())
        .isEqualTo(GatewayHop.PLAIN);
  }

  @Test
  void aGatewayMustFindTheHostOfACall() {
    for (Serving serving : new Serving[] {Serving.unresolved(), Serving.dynamicDns()}) {
      Handling handling = Handling.none().served(serving);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> wildcard(handling, EgressPath.through(GATEWAY)))
          .withMessage(
              "*.a.example cannot go via istio-system/istio-egressgateway: the gateway cannot find"
                  + " the host of a call; say servedBy, dynamicDns of http, or direct()");
      assertThat(wildcard(handling, EgressPath.direct()).handling()).isEqualTo(handling);
    }
  }
}
