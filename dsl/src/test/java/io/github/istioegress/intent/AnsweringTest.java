package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other hosts that answer for the called one. */
class AnsweringTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault().port(8080, 8081);
  private static final Egress.To A = Egress.to("a.example");

  private static EgressPlan plan(EgressIntent... sentences) {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
        .namespace(MeshNamespace.named("shop"), sentences);
  }

  @Test
  void sentencesAreToldInTheWordsThatSaidThem() {
    assertThat(A.answeredBy("b.example").http(80).originateTls().via(GATEWAY))
        .hasToString(
            "Egress.to(\"a.example\").answeredBy(\"b.example\").http(80).originateTls()"
                + ".via(istio-system/istio-egressgateway)");
    assertThat(A.canary("B.example.", 10).tls(443).direct())
        .hasToString("Egress.to(\"a.example\").canary(\"b.example\", 10).tls(443).direct()");
    assertThat(A.otherwise("b.example", Mesh.istio(IstioVersion.V1_31)).tls(443).direct())
        .hasToString("Egress.to(\"a.example\").otherwise(\"b.example\", mesh).tls(443).direct()");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, -1})
  void aShareIsLessThanAllAndMoreThanNothing(int percent) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> A.canary("b.example", percent))
        .withMessage(
            "canary(\"b.example\", %d) is no share: say 1 to 99 of a hundred calls", percent);
  }

  @Test
  void oneHostAnswersAndIsAnother() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> A.answeredBy("*.b.example"))
        .withMessage("answeredBy(\"*.b.example\") is a wildcard: name the one host that answers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> A.canary("a.example", 5).http(80).direct())
        .withMessage(
            "a.example.canary(\"a.example\", 5) names the called host itself: name another one, or"
                + " leave the word out");
  }

  @Test
  void whatNoProxyReadsCannotBeCalledByAnotherName() {
    EgressPort tls = new EgressPort(443, PortProtocol.TLS);
    Handling other = Handling.none().answered(new Answering.Other(new ExternalHost("b.example")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EgressIntent.of(
                    new ExternalHost("a.example"),
                    tls,
                    EgressPath.direct(),
                    other,
                    Origin.caller()))
        .withMessage(
            "a.example.answeredBy(\"b.example\").tls(443): no proxy reads these calls, so none can"
                + " call the other host by its name");
  }

  @Test
  void theSameHostsAnswerOnEachPort() {
    EgressIntent one = A.canary("b.example", 10).http(80).direct();
    EgressIntent other = A.canary("b.example", 20).tls(443).direct();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(one, other))
        .withMessage(
            "%s at %s and %s at %s name different hosts that answer: one ServiceEntry holds them for"
                + " all ports; say the same in both",
            one, one.origin().place(), other, other.origin().place());
  }

  @Test
  void theSameHostsAnswerBehindAGateway() {
    EgressIntent one = A.canary("b.example", 10).http(80).via(GATEWAY);
    EgressIntent other = A.http(8080).via(GATEWAY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(one).namespace(MeshNamespace.named("bank"), other))
        .withMessageContaining("name different hosts that answer, and one gateway takes one");
    assertThat(
            plan(one)
                .namespace(
                    MeshNamespace.named("bank"), A.canary("b.example", 10).http(80).via(GATEWAY))
                .isEmpty())
        .isFalse();
  }

  @Test
  void aRuleOfSomePodsIsNotAGatewaysToo() {
    EgressIntent pods =
        A.canary("b.example", 10)
            .http(80)
            .originateTls()
            .clientCertificate("c")
            .direct()
            .only(Pods.labelled("app", "cart"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(pods, A.canary("b.example", 10).tls(443).via(GATEWAY)))
        .withMessageContaining("want one rule for the host, for some pods and for a gateway");
  }

  @Test
  void aSecondHostNeedsPrioritiesOfNames() {
    EgressIntent said = A.otherwise("b.example", Mesh.istio(IstioVersion.V1_30)).tls(443).direct();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(said).onMesh(Mesh.istio(IstioVersion.of(1, 29))))
        .withMessageContaining(
            "asks for otherwise, which we generate for Istio 1.30 and newer; the mesh is 1.29");
  }

  @Test
  void sharesNeedRulesThatSelectPorts() {
    EgressIntent said = A.canary("b.example", 10).tls(443).direct();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(said).onMesh(Mesh.istio(IstioVersion.of(1, 21))))
        .withMessageContaining(
            "asks for canary, which we generate for Istio 1.22 and newer; the mesh is 1.21");
    assertThat(
            plan(A.answeredBy("b.example").http(80).direct())
                .onMesh(Mesh.istio(IstioVersion.of(1, 7)))
                .isEmpty())
        .isFalse();
  }
}
