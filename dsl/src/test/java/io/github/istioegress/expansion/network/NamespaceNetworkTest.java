package io.github.istioegress.expansion.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NetworkReach;
import io.github.istioegress.intent.PlanFacts;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamespaceNetworkTest {

  private static final EgressGateway EDGE =
      EgressGateway.named("edge")
          .in("egress")
          .labelled("istio", "edge")
          .port(80, 8080)
          .port(443, 8443)
          .port(5432, 15432);
  private static final String DNS = "kube-system{k8s-app=kube-dns} UDP 53, TCP 53";
  private static final String ISTIOD = "istio-system{app=istiod} TCP 15012";

  private static List<NetworkPolicy> policies(MeshNamespace namespace, EgressIntent... said) {
    EgressPlan plan = EgressPlan.on(Mesh.istio(IstioVersion.V1_31)).namespace(namespace, said);
    return NamespaceNetwork.policies(plan, PlanFacts.of(plan));
  }

  /** Each rule in one line. */
  private static List<String> rules(MeshNamespace namespace, EgressIntent... said) {
    return policies(namespace, said).get(0).getSpec().getEgress().stream()
        .map(NamespaceNetworkTest::line)
        .toList();
  }

  private static String line(NetworkPolicyEgressRule rule) {
    Stream<String> to =
        rule.getTo().stream()
            .map(
                peer -> {
                  if (peer.getIpBlock() != null) {
                    int except = peer.getIpBlock().getExcept().size();
                    return peer.getIpBlock().getCidr() + (except == 0 ? "" : " but " + except);
                  }
                  String namespace =
                      peer.getNamespaceSelector() == null
                          ? "."
                          : peer.getNamespaceSelector()
                              .getMatchLabels()
                              .get("kubernetes.io/metadata.name");
                  return namespace
                      + (peer.getPodSelector() == null
                          ? ""
                          : peer.getPodSelector().getMatchLabels());
                });
    Stream<String> ports =
        rule.getPorts().stream().map(port -> port.getProtocol() + " " + port.getPort().getIntVal());
    return to.collect(Collectors.joining(" or "))
        + ports.collect(Collectors.joining(", ", " ", "")).stripTrailing();
  }

  private static MeshNamespace shop() {
    return MeshNamespace.named("shop").networkPolicy();
  }

  @Test
  void withoutTheWordThereIsNone() {
    assertThat(policies(MeshNamespace.named("shop").registryOnly().sidecarScope())).isEmpty();
  }

  @Test
  void itSelectsEveryPodAndSpeaksOfEgressAlone() {
    NetworkPolicy policy = policies(shop()).get(0);
    assertThat(policy.getMetadata().getNamespace()).isEqualTo("shop");
    assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEmpty();
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Egress");
  }

  @Test
  void aSidecarNeedsDnsAndIstiodAndNoMore() {
    assertThat(rules(shop())).containsExactly(DNS, ISTIOD);
  }

  @Test
  void aGatewayIsReachedAtThePortsOfItsPodsThatAreUsed() {
    assertThat(
            rules(
                shop(),
                Egress.to("a.example").tls(443).via(EDGE),
                Egress.to("b.example").tls(443).via(EDGE.overIstioMutualTls()),
                Egress.to("c.example").http(80).via(EDGE)))
        .containsExactly(DNS, ISTIOD, "egress{istio=edge} TCP 8080, TCP 8443");
  }

  @Test
  void saidAddressesAreReachedOnTheirPorts() {
    assertThat(
            rules(
                shop(),
                Egress.to("db.example").tcp(5432).at("203.0.113.3", "2001:db8::3").direct(),
                Egress.to("net.example").tcp(22).at("198.51.100.0/24").direct(),
                Egress.to("net.example").tcp(23).at("198.51.100.0/24").direct()))
        .containsExactly(
            DNS,
            ISTIOD,
            "198.51.100.0/24 TCP 22, TCP 23",
            "203.0.113.3/32 or 2001:db8::3/128 TCP 5432");
  }

  @Test
  void wherePublicAddressesAreOpenTheClusterIsNot() {
    assertThat(
            rules(
                shop().networkPolicy(NetworkReach.declared().toPublicAddresses()),
                Egress.to("a.example").tls(443).direct()))
        .containsExactly(DNS, ISTIOD, "0.0.0.0/0 but 8 or ::/0 but 4 TCP 443");
  }

  @Test
  void knownRangesTakeTheirPlaceOrStandBeside() {
    NetworkReach known = NetworkReach.declared().toAddresses("10.20.0.0/16");
    assertThat(rules(shop().networkPolicy(known), Egress.to("a.example").tls(443).direct()))
        .containsExactly(DNS, ISTIOD, "10.20.0.0/16 TCP 443");
    assertThat(
            rules(
                shop().networkPolicy(known.toPublicAddresses()),
                Egress.to("a.example").tls(443).direct()))
        .containsExactly(DNS, ISTIOD, "0.0.0.0/0 but 8 or ::/0 but 4 or 10.20.0.0/16 TCP 443");
  }

  @Test
  void whereTheSidecarOriginatesTlsThePortIsThatOfTheHost() {
    assertThat(
            rules(
                shop().networkPolicy(NetworkReach.declared().toAddresses("203.0.113.0/24")),
                Egress.to("a.example").http(80).originateTls().toPort(8443).direct()))
        .containsExactly(DNS, ISTIOD, "203.0.113.0/24 TCP 8443");
  }

  @Test
  void neighboursAndImportsAreReachedOnAllPorts() {
    assertThat(
            rules(
                shop()
                    .networkPolicy(NetworkReach.declared().withinNamespace())
                    .sidecarScope("orders/*", "stock/a.example", "orders/b.example")))
        .containsExactly(DNS, ISTIOD, ".{}", "orders", "stock");
  }

  @Test
  void aGatewayAmongItsCallersStaysOpen() {
    EgressGateway own =
        EgressGateway.named("own").in("shop").labelled("istio", "own").port(443, 8443);
    List<NetworkPolicy> policies = policies(shop(), Egress.to("a.example").tls(443).via(own));
    assertThat(policies)
        .extracting(policy -> policy.getMetadata().getName())
        .containsExactly("declared-egress", "own-egress");
    assertThat(policies.get(1).getSpec().getPodSelector().getMatchLabels()).isEqualTo(own.labels());
    assertThat(policies.get(1).getSpec().getEgress())
        .containsExactly(new NetworkPolicyEgressRule());
  }
}
