package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class EgressPlanTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final EgressGateway EDGE =
      EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(443, 8443);
  private static final EgressPlan EMPTY = EgressPlan.on(Mesh.istio(IstioVersion.V1_31));
  private static final MeshNamespace SHOP = MeshNamespace.named("shop");
  private static final MeshNamespace BANK = MeshNamespace.named("bank");

  @Test
  void namespacesAreOrderedByName() {
    EgressPlan one = EMPTY.namespace(SHOP).namespace(BANK);
    assertThat(one.namespaces()).extracting(NamespaceEgress::namespace).containsExactly(BANK, SHOP);
    assertThat(one).isEqualTo(EMPTY.namespace(BANK).namespace(SHOP));
  }

  @Test
  void hostsAreOrderedByNameAndTheirSentencesByPort() {
    EgressPlan plan =
        EMPTY.namespace(
            SHOP,
            Egress.to("b.example").port(443).direct(),
            Egress.to("a.example").port(443).direct(),
            Egress.to("b.example").port(80).direct());
    assertThat(plan.namespaces().get(0).intents())
        .extracting(EgressIntent::toString)
        .containsExactly(
            "Egress.to(\"a.example\").tls(443).direct()",
            "Egress.to(\"b.example\").http(80).direct()",
            "Egress.to(\"b.example\").tls(443).direct()");
  }

  @Test
  void oneHostInTwoSpellingsIsOne() {
    EgressPlan plan =
        EMPTY.namespace(
            SHOP,
            Egress.to("A.example.").port(80).direct(),
            Egress.to("a.EXAMPLE").port(443).direct());
    assertThat(plan.namespaces().get(0).hosts()).hasSize(1);
    assertThat(plan.namespaces().get(0).hosts().get(0).intents()).hasSize(2);
  }

  @Test
  void aNamespaceIsSaidOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EMPTY.namespace(SHOP).namespace(SHOP.injected()))
        .withMessage("namespace shop is said twice: give all its sentences at once");
  }

  @Test
  void aListDoesAsWellAsSingleSentences() {
    EgressIntent said = Egress.to("a.example").port(80).direct();
    assertThat(EMPTY.namespace(SHOP, List.of(said))).isEqualTo(EMPTY.namespace(SHOP, said));
  }

  @Test
  void eachGatewayIsListedOnce() {
    EgressPlan plan =
        EMPTY
            .namespace(
                SHOP,
                Egress.to("a.example").port(443).via(EDGE),
                Egress.to("b.example").port(80).via(GATEWAY))
            .namespace(BANK, Egress.to("a.example").port(443).via(GATEWAY));
    assertThat(plan.gateways()).containsExactly(GATEWAY, EDGE);
    assertThat(plan.namespaces().get(1).gateways()).containsExactly(EDGE, GATEWAY);
  }

  @Test
  void aNameOfTheGatewaysResourcesIsThatGatewaysAlone() {
    EgressPlan plan =
        EMPTY.namespace(
            SHOP,
            Egress.to("a.example").port(443).via(EDGE).gatewayNamed("servers"),
            Egress.to("b.example").port(80).via(GATEWAY));
    NamespaceEgress shop = plan.namespaces().get(0);
    assertThat(shop.name(NamedObject.GATEWAY, EDGE)).contains("servers");
    assertThat(shop.name(NamedObject.GATEWAY, GATEWAY)).isEmpty();
    assertThat(shop.name(NamedObject.DESTINATION_RULE, EDGE)).isEmpty();
  }

  @Test
  void twoNamespacesMaySayDifferentThingsOfOneHost() {
    EgressPlan plan =
        EMPTY
            .namespace(SHOP, Egress.to("a.example").port(80).direct().named("a"))
            .namespace(BANK, Egress.to("a.example").port(80).via(GATEWAY).named("other"));
    assertThat(plan.namespaces()).hasSize(2);
  }

  @Test
  void twoNamespacesAgreeOnWhatAGatewaysPortTakes() {
    EgressPlan plan = EMPTY.namespace(SHOP, Egress.to("a.example").http(443).via(GATEWAY));
    EgressIntent tls = Egress.to("b.example").tls(443).via(GATEWAY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.namespace(BANK, tls))
        .withMessageContaining("contradict each other on port 443 of the gateway");
  }

  @Test
  void twoNamespacesAgreeOnWhatAGatewayIs() {
    EgressPlan plan = EMPTY.namespace(SHOP, Egress.to("a.example").tls(443).via(GATEWAY));
    EgressIntent other = Egress.to("b.example").tls(443).via(GATEWAY.port(8080, 8080));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.namespace(BANK, other))
        .withMessageContaining(
            "describe egress gateway istio-system/istio-egressgateway differently");
  }

  @Test
  void thePlanMovesToAnotherMeshAsAWhole() {
    EgressPlan plan = EMPTY.namespace(SHOP, Egress.to("a.example").port(80).direct());
    Mesh old = Mesh.istio(IstioVersion.V1_7).registryOnly();
    assertThat(plan.onMesh(old).mesh()).isEqualTo(old);
    assertThat(plan.onMesh(old).namespaces()).isEqualTo(plan.namespaces());
    assertThat(plan.onMesh(old).origin()).isSameAs(plan.origin());
  }

  @Test
  void aPlanIsEmptyUntilItSaysSomething() {
    assertThat(EMPTY.isEmpty()).isTrue();
    assertThat(EMPTY.namespace(SHOP).isEmpty()).isTrue();
    assertThat(EMPTY.namespace(SHOP, Egress.to("a.example").port(80).direct()).isEmpty()).isFalse();
    assertThat(EMPTY.onMesh(EMPTY.mesh().installed(IstioInstall.named("istio"))).isEmpty())
        .isFalse();
  }

  @Test
  void itsListsCannotBeChanged() {
    EgressPlan plan = EMPTY.namespace(SHOP, Egress.to("a.example").port(80).direct());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> plan.namespaces().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> plan.namespaces().get(0).hosts().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> plan.namespaces().get(0).hosts().get(0).intents().clear());
  }

  @Test
  void anArrayChangedLaterDoesNotChangeThePlan() {
    EgressIntent[] sentences = {Egress.to("a.example").port(80).direct()};
    EgressPlan plan = EMPTY.namespace(SHOP, sentences);
    sentences[0] = Egress.to("b.example").port(80).direct();
    assertThat(plan.namespaces().get(0).hosts())
        .extracting(host -> host.host().name())
        .containsExactly("a.example");
  }
}
