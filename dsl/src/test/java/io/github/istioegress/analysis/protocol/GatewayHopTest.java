package io.github.istioegress.analysis.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Setting;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.MeshModel;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayHopTest {

  private static final GatewayWorkload GATEWAY =
      new GatewayWorkload(
          "egress",
          "egress",
          Map.of("istio", "egress"),
          List.of(new GatewayWorkload.Port(80, 8080)));

  private static String host(int number) {
    return """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: h%1$s, namespace: shop}
        spec:
          hosts: [h%1$s.example.com]
          ports: [{number: 80, name: http, protocol: HTTP}]
          resolution: DNS
        ---
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: h%1$s, namespace: shop}
        spec:
          selector: {istio: egress}
          servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [h%1$s.example.com]}]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: h%1$s, namespace: shop}
        spec:
          hosts: [h%1$s.example.com]
          gateways: [mesh, h%1$s]
          http:
            - match: [{gateways: [mesh]}]
              route: [{destination: {host: egress.egress.svc.cluster.local, port: {number: 80}}}]
            - match: [{gateways: [h%1$s]}]
              route: [{destination: {host: h%1$s.example.com}}]
        ---
        """
        .formatted(number);
  }

  @Test
  void callsThatArriveAtOnePortShareTheListOfItsServers() {
    ResourceSet set =
        new ManifestReader()
            .read(List.of(new SourceFile("set.yaml", host(1) + host(2) + host(3))))
            .resources();
    MeshModel model =
        MeshModel.of(set, List.of(GATEWAY), MeshConfig.istioDefault(), IstioVersion.V1_31);
    List<GatewayHop> hops =
        GatewayHop.of(
            new AnalysisContext(
                set, model, new Setting(false, List.of(GATEWAY), List.of(), false, Set.of())));
    assertThat(hops).hasSize(3);
    assertThat(hops.get(0).servers()).hasSize(3);
    assertThat(hops).allSatisfy(hop -> assertThat(hop.servers()).isSameAs(hops.get(0).servers()));
  }
}
