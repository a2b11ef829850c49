package io.github.istioegress.expansion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.generator.DeclaredCall;
import io.github.istioegress.generator.EgressGenerator;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the patterns beside plain HTTP and passthrough must have, resource by resource. */
class ClassicPatternsTest {

  private static final EgressGateway GATEWAY =
      EgressGateway.istioDefault().port(5432, 5432).port(8080, 8081);
  private static final Egress.Originated PARTNER =
      Egress.to("b2b.partner.com").http(80).originateTls();

  private static EgressPlan plan() {
    return EgressPlan.on(Mesh.istio(IstioVersion.V1_31).registryOnly());
  }

  private static List<DeclaredCall> calls(EgressPlan plan) {
    return new EgressGenerator(OutputLayouts.byDefault(), Optional.empty())
        .generate("said", plan)
        .calls();
  }

  private static DestinationRule outside(Expanded expanded) {
    return expanded.all(DestinationRule.class).stream()
        .filter(rule -> rule.getSpec().getTrafficPolicy() != null)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theRuleOfAGatewayLiesBesideItAndSelectsItsPods() {
    DestinationRule rule = outside(Expanded.shop(PARTNER.via(GATEWAY)));
    assertThat(rule.getMetadata().getNamespace()).isEqualTo("istio-system");
    assertThat(rule.getSpec().getWorkloadSelector().getMatchLabels()).isEqualTo(GATEWAY.labels());
    assertThat(rule.getSpec().getExportTo()).containsExactly(".");
  }

  @Test
  void theRuleOfASidecarLiesBesideItsCallers() {
    DestinationRule rule = outside(Expanded.shop(PARTNER.direct()));
    assertThat(rule.getMetadata().getNamespace()).isEqualTo("shop");
    assertThat(rule.getSpec().getWorkloadSelector()).isNull();
    assertThat(
            outside(
                    Expanded.shop(
                        PARTNER.clientCertificate("c").direct().only(Pods.labelled("app", "a"))))
                .getSpec()
                .getWorkloadSelector()
                .getMatchLabels())
        .containsOnlyKeys("app");
  }

  @Test
  void aLongHostStillHasARuleWithAName() {
    String host = "a23456789.".repeat(24) + "example";
    DestinationRule rule =
        outside(Expanded.shop(Egress.to(host).http(80).originateTls().via(GATEWAY)));
    assertThat(rule.getMetadata().getName()).hasSizeLessThanOrEqualTo(253);
    String other = "a23456789.".repeat(23) + "b23456789.example";
    DestinationRule otherRule =
        outside(Expanded.shop(Egress.to(other).http(80).originateTls().via(GATEWAY)));
    assertThat(otherRule.getMetadata().getName()).isNotEqualTo(rule.getMetadata().getName());
  }

  @Test
  void twoNamespacesShareTheRuleOfTheirGateway() {
    EgressPlan plan =
        plan()
            .namespace(MeshNamespace.named("bank"), PARTNER.via(GATEWAY))
            .namespace(MeshNamespace.named("shop"), PARTNER.via(GATEWAY));
    assertThat(Expanded.of(plan).keys())
        .filteredOn(key -> key.contains("originate-tls"))
        .containsExactly("DestinationRule istio-system/originate-tls-for-b2b-partner-com");
    assertThat(calls(plan)).hasSize(2).allMatch(DeclaredCall::isAsSaid);
  }

  @Test
  void twoNamespacesCannotWantDifferentTlsOfOneGateway() {
    EgressIntent one = PARTNER.clientCertificate("bank-client").via(GATEWAY);
    EgressIntent other = PARTNER.clientCertificate("shop-client").via(GATEWAY);
    EgressPlan bank = plan().namespace(MeshNamespace.named("bank"), one);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bank.namespace(MeshNamespace.named("shop"), other))
        .withMessage(
            "%s at %s and %s at %s want different TLS of one gateway: it has one rule for a host and"
                + " port; say the same in both, or use a gateway each",
            one, one.origin().place(), other, other.origin().place());
  }

  @Test
  void oneNamespaceCannotHaveTlsOfAGatewayThatAnotherDoesNotWant() {
    EgressPlan bank = plan().namespace(MeshNamespace.named("bank"), PARTNER.via(GATEWAY));
    EgressIntent plain = Egress.to("b2b.partner.com").http(80).via(GATEWAY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bank.namespace(MeshNamespace.named("shop"), plain))
        .withMessageContaining("want different TLS of one gateway");
  }

  @Test
  void theGatewaysRuleDoesNotTouchCallersThatSpeakTlsThemselves() {
    List<DeclaredCall> calls =
        calls(
            plan()
                .namespace(MeshNamespace.named("bank"), PARTNER.via(GATEWAY))
                .namespace(
                    MeshNamespace.named("shop"), Egress.to("b2b.partner.com").tls(443).direct()));
    assertThat(calls).hasSize(2).allMatch(DeclaredCall::isAsSaid);
  }

  @Test
  void aRangeIsDialledAsItIs() {
    Expanded expanded =
        Expanded.shop(Egress.to("a.example").tcp(22).at("10.1.0.0/16", "10.2.0.1").direct());
    assertThat(expanded.entry("a-example").getSpec().getResolution())
        .isEqualTo(ServiceEntryResolution.NONE);
    assertThat(expanded.entry("a-example").getSpec().getEndpoints()).isEmpty();
    assertThat(expanded.entry("a-example").getSpec().getAddresses())
        .containsExactly("10.1.0.0/16", "10.2.0.1");
  }

  @Test
  void bytesAreMatchedByTheirAddressesAtTheSidecarAlone() {
    Expanded expanded =
        Expanded.shop(Egress.to("db.example").tcp(5432).at("10.1.2.3", "10.1.2.4").via(GATEWAY));
    assertThat(expanded.all(VirtualService.class))
        .hasSize(2)
        .allSatisfy(
            routes -> {
              assertThat(routes.getSpec().getHttp()).isEmpty();
              assertThat(routes.getSpec().getTls()).isEmpty();
            });
    assertThat(expanded.routes("direct-db-example-through-egress-gateway").getSpec().getTcp())
        .extracting(route -> route.getMatch().get(0).getDestinationSubnets())
        .containsExactly(List.of("10.1.2.3", "10.1.2.4"));
    assertThat(expanded.routes("direct-db-example-from-egress-gateway").getSpec().getTcp())
        .extracting(route -> route.getMatch().get(0).getDestinationSubnets())
        .containsExactly(List.of());
  }

  @Test
  void whatIsInsideMutualTlsIsBytesToTheGateway() {
    Expanded expanded =
        Expanded.shop(Egress.to("a.example").tls(443).via(GATEWAY.overIstioMutualTls()));
    VirtualService callers = expanded.routes("direct-a-example-through-egress-gateway");
    assertThat(callers.getSpec().getTls()).hasSize(1);
    assertThat(callers.getSpec().getTcp()).isEmpty();
    VirtualService gateways = expanded.routes("direct-a-example-from-egress-gateway");
    assertThat(gateways.getSpec().getTls()).isEmpty();
    assertThat(gateways.getSpec().getTcp()).hasSize(1);
  }

  @Test
  void twoHostsAtOneAddressAndPortAreRefusedRatherThanBroken() {
    EgressPlan plan =
        plan()
            .namespace(
                MeshNamespace.named("shop"),
                Egress.to("a.example").tcp(22).at("10.1.2.3").via(GATEWAY.port(22, 22)),
                Egress.to("b.example").tcp(22).at("10.1.2.3").direct());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calls(plan))
        .withMessageContaining("does not take the way it says");
  }

  @Test
  void aWildcardLosesItsCallsToARouteBelowItAndIsRefusedRatherThanBroken() {
    // Istio gives the wildcard's port the routes of hosts below it, and then no way of its own.
    EgressPlan plan =
        plan()
            .namespace(
                MeshNamespace.named("shop"),
                Egress.toAnyOf("*.cnn.com").unresolved().tls(443).direct(),
                Egress.to("edition.cnn.com").tls(443).via(GATEWAY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calls(plan))
        .withMessageContaining("Egress.toAnyOf(\"*.cnn.com\").unresolved().tls(443).direct() at ")
        .withMessageContaining("does not take the way it says");
  }

  @Test
  void aServedWildcardTakesAHostBelowItThatGoesDirectlyAndIsRefused() {
    EgressPlan plan =
        plan()
            .namespace(
                MeshNamespace.named("shop"),
                Egress.toAnyOf("*.cnn.com").servedBy("www.cnn.com").tls(443).via(GATEWAY),
                Egress.to("edition.cnn.com").tls(443).direct());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> calls(plan))
        .withMessageContaining("Egress.to(\"edition.cnn.com\").tls(443).direct() at ");
  }
}
