package io.github.istioegress.trace;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Map;

/**
 * A mesh of manifests to send calls through: open to any call unless said otherwise, with the usual
 * egress gateway in {@code istio-system}.
 *
 * @param manifests the manifests
 * @param policy what happens to undeclared calls
 * @param gateways the gateways whose pods and Service are not among the manifests
 */
record TestMesh(String manifests, OutboundTrafficPolicy policy, List<GatewayWorkload> gateways) {

  /** The usual egress gateway. */
  static final GatewayWorkload EGRESS_GATEWAY =
      new GatewayWorkload(
          "istio-egressgateway",
          "istio-system",
          Map.of("app", "istio-egressgateway", "istio", "egressgateway"),
          List.of(new GatewayWorkload.Port(80, 8080), new GatewayWorkload.Port(443, 8443)));

  static TestMesh of(String... documents) {
    return new TestMesh(
        Manifests.join(documents), OutboundTrafficPolicy.ALLOW_ANY, List.of(EGRESS_GATEWAY));
  }

  TestMesh registryOnly() {
    return new TestMesh(manifests, OutboundTrafficPolicy.REGISTRY_ONLY, gateways);
  }

  TestMesh with(OutboundTrafficPolicy other) {
    return new TestMesh(manifests, other, gateways);
  }

  TestMesh withGateways(GatewayWorkload... others) {
    return new TestMesh(manifests, policy, List.of(others));
  }

  /** A call of a pod, {@code namespace} or {@code namespace/key=value}. */
  TracedCall call(String from, String url) {
    return call(Call.to(Caller.parse(from), url));
  }

  TracedCall call(Call call) {
    ReadManifests read = new ManifestReader().read(List.of(new SourceFile("mesh.yaml", manifests)));
    if (!read.findings().isEmpty()) {
      throw new IllegalArgumentException(read.findings() + "\n" + manifests);
    }
    MeshConfig config = MeshConfig.istioDefault().withOutboundTrafficPolicy(policy);
    Trace trace = Tracer.of(read.resources(), gateways, config, IstioVersion.V1_31).trace(call);
    JudgeFolder.write(this, trace);
    return new TracedCall(trace);
  }
}
