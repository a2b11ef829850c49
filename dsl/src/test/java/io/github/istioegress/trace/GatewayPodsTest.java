package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.httpThroughGateway;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway's pods, whatever keeps them running. */
final class GatewayPodsTest {

  private static final String WORKLOAD =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: istio-egressgateway, namespace: istio-system}
      spec:
        selector: {istio: egressgateway}
        ports: [{name: http2, port: 80, targetPort: 8080}]
      ---
      apiVersion: apps/v1
      kind: %s
      metadata: {name: istio-egressgateway, namespace: istio-system}
      spec:
        template:
          metadata:
            labels: {istio: egressgateway}
            annotations: {inject.istio.io/templates: gateway}
          spec: {containers: [{name: istio-proxy, image: auto}]}
      """;

  @ParameterizedTest
  @CsvSource({
    "Deployment, EXTERNAL",
    "DaemonSet, EXTERNAL",
    "StatefulSet, EXTERNAL",
    "Something, NO_ENDPOINTS"
  })
  void areThoseThatATemplateMakes(String kind, String outcome) {
    Trace trace =
        TestMesh.of(httpThroughGateway("shop", "a.example"), WORKLOAD.formatted(kind))
            .withGateways()
            .call("shop", "http://a.example/")
            .trace();
    assertThat(trace.outcome()).hasToString(outcome);
  }
}
