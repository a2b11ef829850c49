package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.resource.ResourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Gateway API's kinds are read by type, and what a type does not take is told. */
class GatewayApiReadingTest {

  private static final String ROUTE =
      """
      apiVersion: gateway.networking.k8s.io/%s
      kind: TLSRoute
      metadata: {name: leave, namespace: shop}
      spec:
        parentRefs: [{name: edge}]
        hostnames: [api.example.org]
        rules: [{backendRefs: [{name: api, port: 443%s}]}]
      """;

  @ParameterizedTest
  @CsvSource({"v1", "v1alpha3", "v1alpha2"})
  void oneTypeHoldsEveryVersion(String version) {
    ReadManifests read = Reading.read(ROUTE.formatted(version, ""));
    assertThat(read.findings()).isEmpty();
    assertThat(read.resources().of(ResourceKind.TLS_ROUTE))
        .singleElement()
        .satisfies(
            route -> {
              assertThat(route.object()).isInstanceOf(TLSRoute.class);
              assertThat(route.object().getApiVersion())
                  .isEqualTo("gateway.networking.k8s.io/" + version);
            });
  }

  @Test
  void aFieldThatTheTypeLacksIsTold() {
    assertThat(Reading.read(ROUTE.formatted("v1", ", weigth: 3")).findings())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("spec.rules[0].backendRefs[0].weigth");
  }

  @Test
  void aValueOfAnotherTypeIsTold() {
    assertThat(Reading.read(ROUTE.formatted("v1", ", weight: lots")).findings())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("spec.rules[0].backendRefs[0].weight");
  }
}
