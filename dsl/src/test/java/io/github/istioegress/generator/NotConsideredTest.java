package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotConsideredTest {

  private static final String MANIFESTS =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: cnn, namespace: shop}
      spec:
        hosts: [edition.cnn.com]
        ports: [{number: 80, name: http, protocol: HTTP}]
        resolution: DNS
      ---
      apiVersion: networking.istio.io/v1alpha3
      kind: EnvoyFilter
      metadata: {name: extra, namespace: istio-system}
      spec: {}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: considered, namespace: shop}
      spec: {podSelector: {}, policyTypes: [Egress], egress: [{}]}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: unrelated, namespace: shop}
      """;

  private static String explained(String format) {
    return explained(MANIFESTS, format);
  }

  private static String explained(String manifests, String format) {
    return EgressExplainer.explain(
            new EgressExplainer.Request(
                List.of(new SourceFile("set.yaml", manifests)),
                Optional.empty(),
                "http://edition.cnn.com/",
                "shop",
                Optional.empty(),
                OutboundTrafficPolicy.REGISTRY_ONLY,
                EgressExplainer.MissingGateways.STAY_MISSING,
                format))
        .text();
  }

  @Test
  void whatMayDecideOtherwiseIsNamedAndTheRestIsNot() {
    assertThat(explained("text"))
        .endsWith("not considered    EnvoyFilter istio-system/extra: it may decide otherwise\n");
    assertThat(explained("json"))
        .contains("\"notConsidered\" : [")
        .contains("\"EnvoyFilter istio-system/extra\"")
        .doesNotContain("Secret")
        .doesNotContain("considered");
  }

  @Test
  void aGatewayOfAnotherClassIsNamedAndOneOfIstiosIsNot() {
    String gateways =
        """
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: other, namespace: shop}
        spec:
          gatewayClassName: nginx
          listeners: [{name: http, port: 80, protocol: HTTP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop}
        spec:
          gatewayClassName: istio
          listeners: [{name: http, port: 80, protocol: HTTP}]
        """;
    assertThat(explained(MANIFESTS + gateways, "text"))
        .contains("not considered    Gateway shop/other: it may decide otherwise")
        .doesNotContain("Gateway shop/edge");
  }

  @Test
  void aCallThatArrivesNeedsNoDetail() {
    assertThat(explained("json"))
        .contains("\"outcome\" : \"EXTERNAL\"")
        .contains("\"detail\" : \"\"");
  }
}
