package io.github.istioegress.expansion.istioapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several hosts, several gateways: who shares which resource. */
class SharedGatewayTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final EgressGateway EDGE =
      EgressGateway.named("edge")
          .in("egress")
          .labelled("istio", "edge")
          .port(80, 8080)
          .port(443, 8443);

  private static EgressIntent via(String host, int port, EgressGateway gateway) {
    return Egress.to(host).port(port).via(gateway);
  }

  @Test
  void hostsOfOnePortShareOneServer() {
    Expanded expanded =
        Expanded.shop(
            via("b.example", 80, GATEWAY),
            via("a.example", 80, GATEWAY),
            via("c.example", 443, GATEWAY));
    assertThat(expanded.all(Gateway.class)).hasSize(1);
    assertThat(expanded.gateway("istio-egressgateway").getSpec().getServers())
        .extracting(server -> server.getPort().getNumber() + " " + server.getHosts())
        .containsExactly("80 [./a.example, ./b.example]", "443 [./c.example]");
  }

  @Test
  void oneRuleHasASubsetForEachHost() {
    Expanded expanded =
        Expanded.shop(
            via("b.example", 80, GATEWAY),
            via("a.example", 80, GATEWAY),
            via("a.example", 443, GATEWAY));
    assertThat(expanded.all(DestinationRule.class)).hasSize(1);
    assertThat(expanded.rule("istio-egressgateway").getSpec().getSubsets())
        .extracting(subset -> subset.getName())
        .containsExactly("a-example", "b-example");
  }

  @Test
  void eachGatewayHasItsOwnResources() {
    Expanded expanded = Expanded.shop(via("a.example", 80, GATEWAY), via("b.example", 80, EDGE));
    assertThat(expanded.gateway("edge").getSpec().getSelector()).containsEntry("istio", "edge");
    assertThat(expanded.gateway("edge").getSpec().getServers().get(0).getHosts())
        .containsExactly("./b.example");
    assertThat(expanded.rule("edge").getSpec().getHost())
        .isEqualTo("edge.egress.svc.cluster.local");
    assertThat(expanded.rule("edge").getSpec().getSubsets()).hasSize(1);
    assertThat(expanded.entry("a-example").getSpec().getExportTo())
        .containsExactly(".", "istio-system");
    assertThat(expanded.entry("b-example").getSpec().getExportTo()).containsExactly(".", "egress");
  }

  @Test
  void oneHostMayTakeAnotherGatewayOnAnotherPort() {
    Expanded expanded = Expanded.shop(via("a.example", 80, GATEWAY), via("a.example", 443, EDGE));
    var gateways = expanded.routes("direct-a-example-from-egress-gateway").getSpec();
    assertThat(gateways.getGateways()).containsExactly("istio-egressgateway", "edge");
    assertThat(gateways.getExportTo()).containsExactly("egress", "istio-system");
    assertThat(gateways.getHttp().get(0).getMatch().get(0).getGateways())
        .containsExactly("istio-egressgateway");
    assertThat(gateways.getTls().get(0).getMatch().get(0).getGateways()).containsExactly("edge");
    var callers = expanded.routes("direct-a-example-through-egress-gateway").getSpec();
    assertThat(callers.getGateways()).containsExactly("mesh");
    assertThat(callers.getTls().get(0).getRoute().get(0).getDestination().getHost())
        .isEqualTo("edge.egress.svc.cluster.local");
  }

  @Test
  void theSubsetSaidForOneGatewayIsThatGatewaysAlone() {
    Expanded expanded =
        Expanded.shop(
            via("a.example", 80, GATEWAY).subset("one"), via("a.example", 443, EDGE).subset("two"));
    assertThat(expanded.rule("istio-egressgateway").getSpec().getSubsets())
        .extracting(subset -> subset.getName())
        .containsExactly("one");
    assertThat(expanded.rule("edge").getSpec().getSubsets())
        .extracting(subset -> subset.getName())
        .containsExactly("two");
    var spec = expanded.routes("direct-a-example-through-egress-gateway").getSpec();
    assertThat(spec.getHttp().get(0).getRoute().get(0).getDestination().getSubset())
        .isEqualTo("one");
    assertThat(spec.getTls().get(0).getRoute().get(0).getDestination().getSubset())
        .isEqualTo("two");
  }

  @Test
  void aSubsetSaidForOneGatewayIsNotTheOthers() {
    Expanded expanded =
        Expanded.shop(via("a.example", 80, GATEWAY).subset("one"), via("a.example", 443, EDGE));
    assertThat(expanded.rule("edge").getSpec().getSubsets())
        .extracting(subset -> subset.getName())
        .containsExactly("a-example");
  }

  @Test
  void aSubsetSaidForOnePortIsTheHostsOnThatGateway() {
    Expanded expanded =
        Expanded.shop(via("a.example", 80, GATEWAY), via("a.example", 443, GATEWAY).subset("one"));
    assertThat(expanded.rule("istio-egressgateway").getSpec().getSubsets())
        .extracting(subset -> subset.getName())
        .containsExactly("one");
  }

  @Test
  void gatewaysOfOneNameInTwoNamespacesAreToldApart() {
    EgressGateway other =
        EgressGateway.named("istio-egressgateway")
            .in("egress")
            .labelled("istio", "egressgateway")
            .port(80, 8080);
    Expanded expanded = Expanded.shop(via("a.example", 80, GATEWAY), via("b.example", 80, other));
    assertThat(expanded.rule("istio-egressgateway-istio-system").getSpec().getHost())
        .isEqualTo(GATEWAY.serviceHost());
    assertThat(expanded.rule("istio-egressgateway-egress").getSpec().getHost())
        .isEqualTo(other.serviceHost());
    assertThat(
            expanded.gateway("istio-egressgateway-egress").getSpec().getServers().get(0).getHosts())
        .containsExactly("./b.example");
    assertThat(expanded.routes("direct-b-example-from-egress-gateway").getSpec().getGateways())
        .containsExactly("istio-egressgateway-egress");
  }

  @Test
  void namesGivenAreUsedWhereverTheyAreReferredTo() {
    Expanded expanded =
        Expanded.shop(
            via("a.example", 80, GATEWAY)
                .named("a.site")
                .gatewayNamed("servers")
                .destinationRuleNamed("rule")
                .virtualServiceNamed("routes")
                .subset("sub")
                .portNamed("web"));
    assertThat(expanded.keys())
        .containsExactly(
            "Namespace shop",
            "ServiceEntry shop/a.site",
            "Gateway shop/servers",
            "DestinationRule shop/rule",
            "VirtualService shop/routes",
            "VirtualService shop/routes-from-egress-gateway");
    var gateways = expanded.routes("routes-from-egress-gateway").getSpec();
    assertThat(gateways.getGateways()).containsExactly("servers");
    assertThat(gateways.getHttp().get(0).getMatch().get(0).getGateways())
        .containsExactly("servers");
    assertThat(
            expanded
                .routes("routes")
                .getSpec()
                .getHttp()
                .get(0)
                .getRoute()
                .get(0)
                .getDestination()
                .getSubset())
        .isEqualTo("sub");
    assertThat(expanded.entry("a.site").getSpec().getPorts().get(0).getName()).isEqualTo("web");
  }

  @Test
  void theNameOfTheServiceEntryIsTheBaseOfTheOthers() {
    Expanded expanded = Expanded.shop(via("a.example", 80, GATEWAY).named("cnn.news"));
    assertThat(expanded.routes("direct-cnn.news-through-egress-gateway").getMetadata().getName())
        .isNotEmpty();
    assertThat(expanded.rule("istio-egressgateway").getSpec().getSubsets())
        .extracting(subset -> subset.getName())
        .containsExactly("cnn-news");
  }

  @Test
  void twoHostsOfOneDerivedNameAskForAName() {
    EgressIntent one = Egress.to("a-b.example").port(80).direct();
    EgressIntent other = Egress.to("a.b.example").port(80).direct();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expanded.shop(one, other))
        .withMessage(
            "ServiceEntry shop/a-b-example would be made twice with different content: give one of"
                + " them another name");
    assertThat(Expanded.shop(one, other.named("other")).keys()).hasSize(3);
  }

  @Test
  void twoGatewayResourcesOfOneNameAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Expanded.shop(
                    via("a.example", 80, GATEWAY).gatewayNamed("g"),
                    via("b.example", 80, EDGE).gatewayNamed("g")))
        .withMessageStartingWith("Gateway shop/g would be made twice");
  }

  @Test
  void twoNamespacesHaveTheirOwnResourcesForOneGateway() {
    EgressPlan plan =
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
            .namespace(MeshNamespace.named("shop"), via("a.example", 80, GATEWAY))
            .namespace(MeshNamespace.named("bank"), via("a.example", 80, GATEWAY));
    assertThat(Expanded.of(plan).keys())
        .containsExactly(
            "Namespace bank",
            "ServiceEntry bank/a-example",
            "Gateway bank/istio-egressgateway",
            "DestinationRule bank/istio-egressgateway",
            "VirtualService bank/direct-a-example-from-egress-gateway",
            "VirtualService bank/direct-a-example-through-egress-gateway",
            "Namespace shop",
            "ServiceEntry shop/a-example",
            "Gateway shop/istio-egressgateway",
            "DestinationRule shop/istio-egressgateway",
            "VirtualService shop/direct-a-example-from-egress-gateway",
            "VirtualService shop/direct-a-example-through-egress-gateway");
  }

  @Test
  void aNamespaceWithoutSentencesIsMadeAllTheSame() {
    EgressPlan plan =
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
            .namespace(MeshNamespace.named("shop").injected(), List.of());
    Expanded expanded = Expanded.of(plan);
    assertThat(expanded.keys()).containsExactly("Namespace shop");
    assertThat(expanded.resources().all().get(0).object().getMetadata().getLabels())
        .containsEntry("istio-injection", "enabled");
  }
}
