package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.at;
import static io.github.istioegress.trace.Manifests.changed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The five documents that the project began with, and what Istio makes of them. */
final class SeedTest {

  private static final String APP = "akv2k8s-test/app=sleep";
  private static final TestMesh MESH = TestMesh.of(Seed.EGRESS);

  private static final String TO_GATEWAY =
      "0.0.0.0_80 > edition.cnn.com:80"
          + " > outbound|80|cnn|istio-egressgateway.istio-system (EDS)";
  private static final String FROM_GATEWAY =
      "0.0.0.0_8080 > edition.cnn.com:80 > outbound|80||edition.cnn.com (STRICT_DNS)";
  private static final String AROUND_GATEWAY =
      "0.0.0.0_443 > tcp > outbound|443||edition.cnn.com (STRICT_DNS)";
  private static final String NO_SUBSET =
      "0.0.0.0_80 > edition.cnn.com:80 > outbound|80|cnn|istio-egressgateway.istio-system";

  @ParameterizedTest
  @EnumSource
  void httpGoesThroughTheGateway(OutboundTrafficPolicy policy) {
    MESH.with(policy)
        .call(APP, "http://edition.cnn.com/politics")
        .leavesByGateway(TO_GATEWAY, FROM_GATEWAY);
  }

  @ParameterizedTest
  @EnumSource
  void defect1HttpsGoesAroundTheGateway(OutboundTrafficPolicy policy) {
    MESH.with(policy).call(APP, "https://edition.cnn.com/").leavesDirectly(AROUND_GATEWAY);
  }

  @Test
  void httpsWithAnotherSniFindsNoChain() {
    Call call = Call.to(Caller.parse(APP), "https://edition.cnn.com/");
    Call other = call.with("", "", "other.example", Map.of());
    MESH.call(other).leavesUndeclared("0.0.0.0_443 > tcp > PassthroughCluster (ORIGINAL_DST)");
    MESH.registryOnly()
        .call(other)
        .fails(Outcome.BLOCKED, "0.0.0.0_443 > tcp > BlackHoleCluster (STATIC)");
  }

  @Test
  void undeclaredHttp() {
    MESH.call(APP, "http://other.example/")
        .leavesUndeclared("0.0.0.0_80 > allow_any > PassthroughCluster (ORIGINAL_DST)");
    MESH.registryOnly()
        .call(APP, "http://other.example/")
        .fails(Outcome.BLOCKED, "0.0.0.0_80 > block_all")
        .because("502");
  }

  @Test
  void undeclaredHttps() {
    MESH.call(APP, "https://other.example/")
        .leavesUndeclared("0.0.0.0_443 > tcp > PassthroughCluster (ORIGINAL_DST)");
    MESH.registryOnly()
        .call(APP, "https://other.example/")
        .fails(Outcome.BLOCKED, "0.0.0.0_443 > tcp > BlackHoleCluster (STATIC)")
        .because("closes the connection");
  }

  @Test
  void undeclaredPort() {
    MESH.registryOnly()
        .call(APP, "http://edition.cnn.com:8080/")
        .fails(Outcome.BLOCKED, "virtualOutbound > tcp > BlackHoleCluster (STATIC)");
  }

  @ParameterizedTest
  @EnumSource
  void defect2EveryOtherNamespaceIsBrokenOnPort80(OutboundTrafficPolicy policy) {
    MESH.with(policy)
        .call("shop", "http://edition.cnn.com/")
        .fails(Outcome.BLOCKED, NO_SUBSET)
        .because("503 NC");
  }

  @ParameterizedTest
  @EnumSource
  void defect3EveryOtherNamespaceIsOpenOnPort443(OutboundTrafficPolicy policy) {
    MESH.with(policy).call("shop", "https://edition.cnn.com/").leavesDirectly(AROUND_GATEWAY);
  }

  @Test
  void defect4SidecarToGatewayIsPlainText() {
    Trace trace = MESH.call(APP, "http://edition.cnn.com/").trace();
    assertThat(trace.branches().get(0).hops())
        .extracting(hop -> hop.upstreamTls().mode().name())
        .containsExactly("NONE", "NONE");
  }

  @Test
  void defect5NeitherHopSaysItsRetriesSoThatIstiosDefaultMultiplies() {
    Trace trace = MESH.call(APP, "http://edition.cnn.com/").trace();
    assertThat(trace.branches().get(0).hops())
        .allSatisfy(hop -> assertThat(hop.retries()).isEmpty());
  }

  @Test
  void defect6InASecondNamespaceTheOlderRouteRules() {
    String second =
        changed(
            changed(Seed.EGRESS, "akv2k8s-test", "shop"),
            "name: direct-cnn-through",
            "name: again-cnn-through");
    TracedCall call =
        TestMesh.of(at(1, Seed.EGRESS), at(2, second)).call("shop", "http://edition.cnn.com/");
    call.leavesByGateway(TO_GATEWAY, FROM_GATEWAY);
    assertThat(call.trace().branches().get(0).hops().get(0).decisions().get(0))
        .hasToString("VirtualService akv2k8s-test/direct-cnn-through-egress-gateway spec.http[0]");
  }

  @Test
  void defect8WithoutAGatewayService() {
    MESH.withGateways().call(APP, "http://edition.cnn.com/").fails(Outcome.BLOCKED, NO_SUBSET);
  }

  @Test
  void defect8GatewayServiceWithoutPods() {
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: istio-egressgateway, namespace: istio-system}
        spec:
          selector: {istio: egressgateway}
          ports: [{name: http2, port: 80, targetPort: 8080}]
        """;
    TestMesh.of(Seed.EGRESS, service)
        .withGateways()
        .call(APP, "http://edition.cnn.com/")
        .fails(Outcome.NO_ENDPOINTS, TO_GATEWAY)
        .because("503 UH");
  }

  @Test
  void defect8GatewayPodsWithOtherLabels() {
    GatewayWorkload other =
        new GatewayWorkload(
            "istio-egressgateway",
            "istio-system",
            Map.of("istio", "egress"),
            List.of(new GatewayWorkload.Port(80, 8080)));
    MESH.withGateways(other)
        .call(APP, "http://edition.cnn.com/")
        .fails(Outcome.BLOCKED, TO_GATEWAY)
        .because("connection refused");
  }

  @Test
  void defect9AnAddressOfTheEntryGets443AListenerThatDoesNotLookAtTheSni() {
    String captured =
        changed(
            Seed.EGRESS, "  resolution: DNS\n", "  resolution: DNS\n  addresses: [240.240.0.1]\n");
    TestMesh mesh = TestMesh.of(captured).registryOnly();
    mesh.call(APP, "http://edition.cnn.com/").leavesByGateway(TO_GATEWAY, FROM_GATEWAY);
    Call call = Call.to(Caller.parse(APP), "https://edition.cnn.com/");
    mesh.call(call.with("", "", "other.example", Map.of()))
        .leavesDirectly("240.240.0.1_443 > tcp > outbound|443||edition.cnn.com (STRICT_DNS)");
  }

  @Test
  void defect10WeightsAndPortMatchesAreHarmless() {
    String bare =
        changed(
            changed(Seed.EGRESS, "      weight: 100\n", ""),
            "      port: 80\n    route:",
            "    route:");
    TestMesh.of(bare)
        .call(APP, "http://edition.cnn.com/politics")
        .leavesByGateway(TO_GATEWAY, FROM_GATEWAY);
  }
}
