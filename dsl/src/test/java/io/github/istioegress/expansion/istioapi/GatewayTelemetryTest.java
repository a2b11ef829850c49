package io.github.istioegress.expansion.istioapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.telemetry.v1.Telemetry;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.mesh.IstioVersion;
import org.junit.jupiter.api.Test;

/** The access log of a gateway. */
class GatewayTelemetryTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();

  private static EgressPlan plan(IstioVersion version) {
    return EgressPlan.on(Mesh.istio(version))
        .accessLog(GATEWAY)
        .accessLog(GATEWAY)
        .namespace(Expanded.SHOP, Egress.to("a.example").tls(443).via(GATEWAY));
  }

  @Test
  void itIsOfTheGatewaysPodsAndSaidOnce() {
    assertThat(Expanded.of(plan(IstioVersion.V1_31)).all(Telemetry.class))
        .singleElement()
        .satisfies(
            log -> {
              assertThat(log.getApiVersion()).isEqualTo("telemetry.istio.io/v1");
              assertThat(log.getMetadata().getNamespace()).isEqualTo("istio-system");
              assertThat(log.getMetadata().getName())
                  .isEqualTo("access-log-of-istio-egressgateway");
              assertThat(log.getSpec().getSelector().getMatchLabels()).isEqualTo(GATEWAY.labels());
              assertThat(log.getSpec().getAccessLogging())
                  .singleElement()
                  .satisfies(
                      how ->
                          assertThat(how.getProviders())
                              .extracting(provider -> provider.getName())
                              .containsExactly("envoy"));
            });
  }

  @Test
  void olderReleasesServeItAsAnAlpha() {
    assertThat(Expanded.of(plan(IstioVersion.of(1, 21))).all(Telemetry.class))
        .extracting(Telemetry::getApiVersion)
        .containsExactly("telemetry.istio.io/v1alpha1");
  }

  @Test
  void aPlanThatOnlyLogsSaysSomething() {
    EgressPlan plan = EgressPlan.on(Mesh.istio(IstioVersion.V1_31)).accessLog(GATEWAY);
    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan.gateways()).containsExactly(GATEWAY);
  }
}
