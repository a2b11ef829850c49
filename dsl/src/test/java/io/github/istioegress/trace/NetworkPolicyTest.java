package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where on its way a call meets a NetworkPolicy, and what its caller sees. */
final class NetworkPolicyTest {

  private static final String BY_GATEWAY = httpThroughGateway("shop", "a.example");
  private static final String SIDECAR =
      "0.0.0.0_80 > a.example:80 > outbound|80|a-example|istio-egressgateway.istio-system (EDS)";
  private static final String GATEWAY =
      "0.0.0.0_8080 > a.example:80 > outbound|80||a.example (STRICT_DNS)";
  private static final String DIRECTLY =
      "0.0.0.0_80 > a.example:80 > outbound|80||a.example (STRICT_DNS)";
  private static final String PASSED = "virtualOutbound > tcp > PassthroughCluster (ORIGINAL_DST)";
  private static final String TO_GATEWAY =
      """
      podSelector: {}
      policyTypes: [Egress]
      egress:
      - to:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-system}}
          podSelector: {matchLabels: {istio: egressgateway}}
        ports: [{port: PORT}]
      """;

  private static String policy(String name, String spec) {
    return Manifests.document("NetworkPolicy", name, spec)
        .replace("networking.istio.io/v1", "networking.k8s.io/v1");
  }

  private static String toGateway(int port) {
    return policy("shop/out", TO_GATEWAY.replace("PORT", Integer.toString(port)));
  }

  private static String to(String cidr) {
    return policy(
        "shop/out",
        "podSelector: {}\npolicyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: %s}}]}]\n"
            .formatted(cidr));
  }

  @Test
  void theGatewaysPodIsReachedOnItsOwnPort() {
    TestMesh.of(BY_GATEWAY, toGateway(8080))
        .call("shop", "http://a.example/")
        .leavesByGateway(SIDECAR, GATEWAY);
  }

  @Test
  void thePortOfTheServiceIsNotEnough() {
    TracedCall call =
        TestMesh.of(BY_GATEWAY, toGateway(80))
            .call("shop", "http://a.example/")
            .fails(Outcome.DENIED, SIDECAR);
    assertThat(call.trace().detail())
        .isEqualTo(
            "NetworkPolicy shop/out lets no connection of sidecar shop to pods of"
                + " istio-system/istio-egressgateway on port 8080 through: it answers 503 when"
                + " connecting times out (UF)");
    assertThat(call.trace().remedy()).startsWith("let it through in spec.egress");
    assertThat(call.lastDecisions())
        .contains(
            "NetworkPolicy shop/out spec.egress", "VirtualService shop/a-example spec.http[0]");
    assertThat(TraceText.of(List.of(call.trace())))
        .contains("decided by NetworkPolicy shop/out spec.egress  mesh.yaml:")
        .contains("result            the call is denied (DENIED)");
  }

  @Test
  void othersAreNotConcerned() {
    TestMesh.of(BY_GATEWAY, toGateway(80)).call("bank", "http://a.example/").because("503 NC");
    String selective =
        toGateway(80).replace("podSelector: {}", "podSelector: {matchLabels: {app: till}}");
    TestMesh mesh = TestMesh.of(BY_GATEWAY, selective);
    mesh.call("shop/app=till", "http://a.example/").fails(Outcome.DENIED, SIDECAR);
    mesh.call("shop/app=cart", "http://a.example/").leavesByGateway(SIDECAR, GATEWAY);
  }

  @Test
  void theGatewayMayCloseItselfToSomeCallers() {
    TestMesh mesh =
        TestMesh.of(
            BY_GATEWAY,
            policy(
                "istio-system/callers",
                """
                podSelector: {matchLabels: {istio: egressgateway}}
                ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: till}}}]}]
                """));
    mesh.call("shop/app=till", "http://a.example/").leavesByGateway(SIDECAR, GATEWAY);
    mesh.call("shop", "http://a.example/")
        .fails(Outcome.DENIED, SIDECAR)
        .because("NetworkPolicy istio-system/callers lets no connection of sidecar shop");
  }

  @Test
  void theGatewaysOwnWayOutMayBeClosed() {
    TestMesh.of(
            BY_GATEWAY, policy("istio-system/closed", "podSelector: {}\npolicyTypes: [Egress]\n"))
        .call("shop", "http://a.example/")
        .fails(Outcome.DENIED, SIDECAR, GATEWAY)
        .because(
            "NetworkPolicy istio-system/closed lets no connection of gateway"
                + " istio-system/istio-egressgateway to a.example on port 80 through");
  }

  @Test
  void anUndeclaredCallThatTheSidecarLetsPassIsStillHeld() {
    TestMesh mesh = TestMesh.of(toGateway(8080));
    mesh.call("shop", "https://a.example/")
        .fails(Outcome.DENIED, PASSED)
        .because("to a.example on port 443 through: it closes the connection when");
    mesh.call("shop", "tcp://203.0.113.9:5432").fails(Outcome.DENIED, PASSED);
    mesh.call("bank", "tcp://203.0.113.9:5432").leavesUndeclared(PASSED);
  }

  @Test
  void aServiceIsReachedAtItsPods() {
    String stock =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: stock, namespace: orders}
        spec:
          clusterIP: 10.96.0.7
          selector: {app: stock}
          ports: [{name: tcp, port: 80, targetPort: 8081}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: stock, namespace: orders, labels: {app: stock}}
        spec: {containers: [{name: stock}]}
        """;
    String rules = "podSelector: {}\npolicyTypes: [Egress]\negress: [{ports: [{port: %d}]}]\n";
    String hidden = Manifests.sidecar("shop", "egress: [{hosts: [./*]}]\n");
    for (String sidecar : List.of("", hidden)) {
      TestMesh own = TestMesh.of(stock, policy("shop/out", rules.formatted(8081)), sidecar);
      TestMesh service = TestMesh.of(stock, policy("shop/out", rules.formatted(80)), sidecar);
      assertThat(own.call("shop", "tcp://10.96.0.7:80").trace().outcome())
          .isNotEqualTo(Outcome.DENIED);
      assertThat(service.call("shop", "tcp://10.96.0.7:80").trace().outcome())
          .isEqualTo(Outcome.DENIED);
    }
  }

  @Test
  void whereAddressesDecideTheyHaveToBeKnown() {
    TestMesh mesh = TestMesh.of(entry("shop", "a.example", 80, "HTTP"), to("203.0.113.0/24"));
    Call call = Call.to(Caller.in("shop"), "http://a.example/");
    mesh.call(call)
        .ends(Outcome.UNDETERMINED, Way.NONE)
        .because("whether NetworkPolicy shop/out lets the connection of sidecar shop to a.example");
    mesh.call(call.with("", "203.0.113.5", "", java.util.Map.of())).leavesDirectly(DIRECTLY);
    mesh.call(call.with("", "198.51.100.5", "", java.util.Map.of()))
        .fails(Outcome.DENIED, DIRECTLY);
    TestMesh.of(entry("shop", "a.example", 80, "HTTP"), to("0.0.0.0/0"))
        .call(call)
        .leavesDirectly(DIRECTLY);
  }

  @Test
  void endpointsOfAnEntryAreKnownAddresses() {
    String database =
        Manifests.serviceEntry(
            "shop/db",
            """
            hosts: [db.example]
            addresses: [203.0.113.3]
            ports: [{number: 5432, name: tcp, protocol: TCP}]
            resolution: STATIC
            endpoints: [{address: 203.0.113.3}]
            """);
    assertThat(
            TestMesh.of(database, to("203.0.113.3/32"))
                .call("shop", "tcp://db.example:5432")
                .trace()
                .outcome())
        .isEqualTo(Outcome.EXTERNAL);
    assertThat(
            TestMesh.of(database, to("203.0.113.4/32"))
                .call("shop", "tcp://db.example:5432")
                .trace()
                .outcome())
        .isEqualTo(Outcome.DENIED);
  }

  @Test
  void whatGoesPastTheSidecarIsHeldByTheNetworkAlone() {
    Caller around =
        new Caller(
            "shop",
            java.util.Map.of(),
            "default",
            java.util.Map.of("traffic.sidecar.istio.io/excludeOutboundPorts", "443"));
    TracedCall call =
        TestMesh.of(toGateway(8080))
            .registryOnly()
            .call(Call.to(around, "https://a.example/"))
            .fails(Outcome.DENIED);
    assertThat(call.trace().detail())
        .isEqualTo(
            "NetworkPolicy shop/out lets no connection of the caller's pod to a.example on port"
                + " 443 through: the application's connect times out");
  }
}
