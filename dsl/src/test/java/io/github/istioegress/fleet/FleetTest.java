package io.github.istioegress.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetTest {

  private static final EgressGateway SHARED = EgressGateway.istioDefault();

  private static Tenants tenants(String yaml) {
    return Tenants.read(List.of(new SourceFile("tenants.yaml", yaml)));
  }

  private static Fleet fleet(Tenants tenants) {
    return Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
        .tenants(tenants)
        .each(tenant -> tenant.through(SHARED));
  }

  private static final Tenants TWO =
      tenants(
          """
          tenants:
            - name: cart
              group: retail
              destinations: [{host: api.stripe.com, port: 443}]
            - name: shop
              ring: canary
              destinations: [{host: api.stripe.com, port: 443}]
          """);

  @Test
  void tenantsMayBeSaidInJavaToo() {
    Tenants tenants =
        Tenants.of(
            Tenant.named("shop", TenantDestination.of("api.stripe.com", EgressPort.guess(443))));
    assertThat(sentence(fleet(tenants).plan(tenants), 0).host()).hasToString("api.stripe.com");
  }

  private static EgressIntent sentence(EgressPlan plan, int tenant) {
    return plan.namespaces().get(tenant).intents().get(0);
  }

  @Test
  void eachTenantGetsTheTemplateInALockedDownNamespace() {
    EgressPlan plan = fleet(TWO).plan(TWO);
    assertThat(plan.namespaces())
        .extracting(n -> n.namespace().name())
        .containsExactly("cart", "shop");
    assertThat(plan.namespaces().get(0).namespace().network()).isPresent();
    assertThat(sentence(plan, 0))
        .hasToString(
            "Egress.to(\"api.stripe.com\").tls(443).via(istio-system/istio-egressgateway.overIstioMutualTls()).from(namespace(\"cart\"))");
  }

  @Test
  void aRingGetsItsOwnVersion() {
    Fleet fleet = fleet(TWO).ring(Ring.named("canary"), tenant -> tenant.direct());
    assertThat(TWO.all()).extracting(fleet::ringOf).containsExactly("", "canary");
    EgressPlan plan = fleet.namespaces(t -> MeshNamespace.named(t.namespace())).plan(TWO);
    assertThat(sentence(plan, 0).path().isDirect()).isFalse();
    assertThat(sentence(plan, 1).path().isDirect()).isTrue();
  }

  @Test
  void theTopologyIsAFunctionOfTheTenant() {
    Topology groups = Topology.perGroup("egress", Topology.shared(SHARED));
    assertThat(TWO.all())
        .extracting(t -> groups.of(t).toString())
        .containsExactly("egress/egress-retail", "istio-system/istio-egressgateway");
    assertThat(TWO.all())
        .extracting(t -> Topology.perTenant("egress").of(t).toString())
        .containsExactly("egress/egress-cart", "egress/egress-shop");
  }

  @Test
  void aHostHasOneOwnerUnlessItIsShared() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fleet(TWO).hosts(HostRegistry.exclusive()).plan(TWO))
        .withMessage(
            "host api.stripe.com of tenant cart (tenants.yaml:4) and host api.stripe.com of tenant shop (tenants.yaml:7) meet, and a host has one owner: take it out of one of them, or say shared(\"api.stripe.com\") in the fleet's hosts");
    assertThat(
            fleet(TWO)
                .hosts(HostRegistry.exclusive().shared("*.stripe.com"))
                .plan(TWO)
                .namespaces())
        .hasSize(2);
  }

  @Test
  void aTenantTakesNoNamespaceOfTheMeshOrOfAGateway() {
    for (String name : List.of("istio-system", "kube-system")) {
      Tenants evil = tenants("tenants:\n- {name: evil, namespace: " + name + "}\n");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fleet(evil).plan(evil))
          .withMessage(
              "namespace "
                  + name
                  + " of tenant evil at tenants.yaml:2 is the cluster's or the mesh's own: give the tenant another namespace");
    }
    Tenants evil =
        tenants(
            "tenants:\n- {name: egress}\n- {name: shop, destinations: [{host: a.example.com, port: 443}]}\n");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Fleet.on(Mesh.istio(IstioVersion.V1_31))
                    .tenants(evil)
                    .each(t -> t.through(Topology.perTenant("egress").of(t)))
                    .plan(evil))
        .withMessageContaining(
            "namespace egress of tenant egress at tenants.yaml:2 has the gateway egress/egress-shop that tenant shop leaves through");
  }

  @Test
  void tenantsThatShareAHostAskForTheSamePortsAndAddressesOfIt() {
    for (String evil :
        List.of(
            "{host: api.stripe.com, port: 80}",
            "{host: api.stripe.com, port: 443, protocol: TCP, addresses: [198.51.100.66]}")) {
      Tenants both =
          tenants(
              "tenants:\n- {name: cart, destinations: [{host: api.stripe.com, port: 443}]}\n"
                  + "- {name: evil, destinations: ["
                  + evil
                  + "]}\n");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fleet(both).plan(both))
          .withMessageContaining("at tenants.yaml:2 and ")
          .withMessageContaining("at tenants.yaml:3 share a host, but not all its ports");
    }
  }

  @Test
  void aTemplateThatRefusesATenantSaysWhich() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                fleet(TWO)
                    .ring(
                        Ring.named("canary"),
                        t -> List.of(t.destinations().get(0).via(SHARED).subset(t.text("subset"))))
                    .plan(TWO))
        .withMessageStartingWith(
            "tenant shop at tenants.yaml:5: tenant shop at tenants.yaml:5 has no value 'subset'");
  }

  private static Set<String> members(Ring ring, Stream<String> names) {
    return names
        .map(Tenant::named)
        .filter(ring.members())
        .map(Tenant::name)
        .collect(Collectors.toSet());
  }

  @Test
  void aLargerShareHasTheSmallerOneAndGrowthMovesNobody() {
    List<String> names = IntStream.range(0, 2000).mapToObj(i -> "tenant-" + i).toList();
    Set<String> five = members(Ring.percent("canary", 5), names.stream());
    Set<String> fifty = members(Ring.percent("early", 50), names.stream());
    assertThat(fifty).containsAll(five);
    assertThat(five.size()).isBetween(60, 140);
    assertThat(fifty.size()).isBetween(900, 1100);
    assertThat(members(Ring.percent("canary", 5), names.stream().limit(1000))).isSubsetOf(five);
    assertThat(members(Ring.percent("all", 100), names.stream())).hasSize(2000);
    assertThat(members(Ring.percent("none", 0), names.stream())).isEmpty();
  }

  @Test
  void theShardsOfAFleetAreTheWholeAndDoNotOverlap() {
    for (String name : IntStream.range(0, 500).mapToObj(i -> "tenant-" + i).toList()) {
      assertThat(IntStream.rangeClosed(1, 16).filter(i -> Shard.parse(i + "/16").has(name)))
          .hasSize(1);
    }
    assertThat(Shard.parse("").has("any")).isTrue();
    for (String wrong : List.of("0/3", "4/3", "3", "a/b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Shard.parse(wrong))
          .withMessage(
              "shard "
                  + (wrong.matches("[0-9]+/[0-9]+") ? wrong : "'" + wrong + "'")
                  + " is none: write 3/16 for the third of sixteen");
    }
  }

  @Test
  void theShardOfANameIsTheSameInEveryRelease() {
    assertThat(IntStream.rangeClosed(1, 16).filter(i -> new Shard(i, 16).has("shop")))
        .containsExactly(14);
  }
}
