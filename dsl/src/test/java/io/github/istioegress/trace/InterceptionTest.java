package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which connections a pod's packet rules hand to its sidecar, and what becomes of the others. */
final class InterceptionTest {

  private static final String TRAFFIC = "traffic.sidecar.istio.io/";

  private static Caller caller(Map<String, String> annotations) {
    return new Caller("shop", Map.of("app", "till"), "default", annotations);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "excludeOutboundPorts    | 443             | past",
        "excludeOutboundPorts    | '80, 443'       | past",
        "excludeOutboundPorts    | 8443            | taken",
        "excludeOutboundPorts    | ''              | taken",
        "excludeOutboundIPRanges | 203.0.113.0/24  | past",
        "excludeOutboundIPRanges | 198.51.100.0/24 | taken",
        "includeOutboundIPRanges | *               | taken",
        "includeOutboundIPRanges | 203.0.113.0/24  | taken",
        "includeOutboundIPRanges | 10.0.0.0/8      | past",
        "includeOutboundIPRanges | ''              | past",
        "includeOutboundPorts    | 80              | taken",
      })
  void annotationsTakeConnectionsPast(String annotation, String value, String result) {
    assertThat(
            Interception.bypass(caller(Map.of(TRAFFIC + annotation, value)), "203.0.113.9", 443)
                .map(why -> "past")
                .orElse("taken"))
        .isEqualTo(result);
  }

  @Test
  void excludedIsExcludedEvenWhereItIsIncludedToo() {
    Map<String, String> both =
        Map.of(TRAFFIC + "excludeOutboundPorts", "443", TRAFFIC + "includeOutboundPorts", "443");
    assertThat(Interception.bypass(caller(both), "203.0.113.9", 443))
        .contains(
            "the pod's annotation traffic.sidecar.istio.io/excludeOutboundPorts: \"443\" takes it"
                + " past its sidecar");
  }

  @Test
  void anIncludedPortIsTakenWhateverTheRanges() {
    Map<String, String> ports =
        Map.of(TRAFFIC + "includeOutboundIPRanges", "", TRAFFIC + "includeOutboundPorts", "443");
    assertThat(Interception.bypass(caller(ports), "203.0.113.9", 443)).isEmpty();
    assertThat(Interception.bypass(caller(ports), "203.0.113.9", 80)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"false, past", "true, taken", "no, taken", "False, taken", "'', taken"})
  void aPodMayHaveNoSidecarAtAll(String value, String result) {
    assertThat(
            Interception.bypass(
                    caller(Map.of("sidecar.istio.io/inject", value)), "203.0.113.9", 443)
                .map(why -> "past")
                .orElse("taken"))
        .isEqualTo(result);
  }

  @Test
  void theLabelGoesBeforeTheAnnotation() {
    String inject = "sidecar.istio.io/inject";
    Caller with = new Caller("shop", Map.of(inject, "true"), "default", Map.of(inject, "false"));
    Caller without = new Caller("shop", Map.of(inject, "false"), "default", Map.of(inject, "true"));
    assertThat(Interception.bypass(with, "203.0.113.9", 443)).isEmpty();
    assertThat(Interception.bypass(without, "203.0.113.9", 443))
        .contains("the pod has no sidecar, for it is marked sidecar.istio.io/inject: false");
  }

  @Test
  void aCallPastTheSidecarLeavesAsItIsWhateverIsDeclared() {
    Caller around = caller(Map.of(TRAFFIC + "excludeOutboundPorts", "80"));
    TracedCall call =
        TestMesh.of(httpThroughGateway("shop", "a.example"))
            .registryOnly()
            .call(Call.to(around, "http://a.example/"))
            .leavesUndeclared();
    assertThat(call.trace().remedy()).contains("NetworkPolicy");
    assertThat(TraceText.of(List.of(call.trace())))
        .contains(
            "opens a connection to a.example:80 (plaintext HTTP); the pod's annotation"
                + " traffic.sidecar.istio.io/excludeOutboundPorts: \"80\" takes it past its sidecar\n"
                + "3 outside         a.example:80, plain text on the wire\n");
    assertThat(TraceText.line(call.trace())).endsWith("(direct): app -> a.example:80");
  }

  @Test
  void itMayComeToAGatewayAllTheSame() {
    Caller around = caller(Map.of("sidecar.istio.io/inject", "false"));
    TestMesh.of(httpThroughGateway("shop", "a.example"))
        .call(
            Call.to(around, "http://istio-egressgateway.istio-system/")
                .with("", "", "", Map.of("Host", "a.example")))
        .leavesByGateway("0.0.0.0_8080 > a.example:80 > outbound|80||a.example (STRICT_DNS)");
  }

  @Test
  void aPodOnItsNodesNetworkHasNoSidecarAndNoNetworkPolicy() {
    Caller node = new Caller("shop", Map.of(), "default", Map.of(), true);
    String closed =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: closed, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Egress]}
        """;
    TracedCall call =
        TestMesh.of(httpThroughGateway("shop", "a.example"), closed)
            .registryOnly()
            .call(Call.to(node, "http://a.example/"))
            .leavesUndeclared();
    assertThat(TraceText.of(List.of(call.trace())))
        .contains("a pod of namespace shop, on its node's network")
        .contains("the pod is on its node's network, where no proxy takes its calls");
  }
}
