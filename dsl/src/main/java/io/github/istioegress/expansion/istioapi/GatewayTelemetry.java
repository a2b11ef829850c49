package io.github.istioegress.expansion.istioapi;

import io.fabric8.istio.api.telemetry.v1.Telemetry;
import io.fabric8.istio.api.telemetry.v1.TelemetryBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.mesh.IstioVersion;
import java.util.List;

/** The Telemetry of each gateway that is to write an access log. */
final class GatewayTelemetry {

  /** The provider that every mesh has without configuration: lines in the pod's output. */
  private static final String ENVOY = "envoy";

  private GatewayTelemetry() {}

  /** One for each gateway, beside the gateway's pods. */
  static List<Telemetry> of(EgressPlan plan) {
    String version = plan.mesh().version().atLeast(IstioVersion.V1_22) ? "v1" : "v1alpha1";
    return plan.logged().stream().map(gateway -> accessLog(version, gateway)).toList();
  }

  private static Telemetry accessLog(String version, EgressGateway gateway) {
    return new TelemetryBuilder()
        .withApiVersion("telemetry.istio.io/" + version)
        .withNewMetadata()
        .withName("access-log-of-" + gateway.name())
        .withNamespace(gateway.namespace())
        .endMetadata()
        .withSpec(
            attached(gateway)
                .addNewAccessLogging()
                .addNewProvider(ENVOY)
                .endAccessLogging()
                .build())
        .build();
  }

  private static io.fabric8.istio.api.api.telemetry.v1alpha1.TelemetryBuilder attached(
      EgressGateway gateway) {
    var spec = new io.fabric8.istio.api.api.telemetry.v1alpha1.TelemetryBuilder();
    return gateway.flavor() == GatewayFlavor.GATEWAY_API
        ? spec.withTargetRefs(TargetRefs.of(gateway))
        : spec.withNewSelector().withMatchLabels(gateway.labels()).endSelector();
  }
}
