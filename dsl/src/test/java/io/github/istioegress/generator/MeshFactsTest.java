package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Tracer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What manifests say of the mesh decides about its calls. */
final class MeshFactsTest {

  private static final String ENTRY_AND_ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: api, namespace: app}
      spec:
        hosts: [api.example]
        ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: tls, protocol: TLS}]
        resolution: DNS
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: api, namespace: app}
      spec:
        hosts: [api.example]
        http:
          - timeout: 3s
            route: [{destination: {host: api.example}}]
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: api, namespace: app}
      spec:
        host: api.example
        trafficPolicy:
          portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: istio, namespace: istio-system}
      data:
        mesh: |
          %s
      """;

  private static final String REFUSING = "outboundTrafficPolicy: {mode: REGISTRY_ONLY}\n    ";

  private static Trace trace(String config, String from) {
    ResourceSet resources =
        new ManifestReader()
            .read(
                List.of(
                    new SourceFile(
                        "mesh.yaml",
                        ENTRY_AND_ROUTE.formatted(
                            config.contains("mode:") ? config : REFUSING + config))))
            .resources();
    MeshConfig mesh = MeshFacts.of(resources, OutboundTrafficPolicy.ALLOW_ANY).config();
    return Tracer.of(resources, List.of(), mesh, IstioVersion.V1_31)
        .trace(Call.to(Caller.parse(from), "http://api.example/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accessLogFile: ""                     | app   | EXTERNAL | 3s | SIMPLE
          accessLogFile: ""                     | other | EXTERNAL | 3s | SIMPLE
          defaultServiceExportTo: ["."]         | app   | EXTERNAL | 3s | SIMPLE
          defaultVirtualServiceExportTo: ["."]  | app   | EXTERNAL | 3s | SIMPLE
          defaultVirtualServiceExportTo: ["."]  | other | EXTERNAL | '' | SIMPLE
          defaultDestinationRuleExportTo: ["."] | app   | EXTERNAL | 3s | SIMPLE
          defaultDestinationRuleExportTo: ["."] | other | EXTERNAL | 3s | NONE
          defaultServiceExportTo: [other]       | other | EXTERNAL | 3s | SIMPLE
          """)
  void whoSeesWhatSaysNothingOfItIsForTheMeshToSay(
      String config, String from, String outcome, String timeout, String tls) {
    Trace trace = trace(config, from);
    assertThat(trace.outcome()).hasToString(outcome);
    assertThat(trace.branches().get(0).hops().get(0).timeout()).isEqualTo(timeout);
    assertThat(trace.branches().get(0).hops().get(0).upstreamTls().mode()).hasToString(tls);
  }

  @Test
  void aHostThatTheMeshKeepsAtHomeIsUndeclaredElsewhere() {
    assertThat(trace("defaultServiceExportTo: [\".\"]", "other").outcome()).hasToString("BLOCKED");
  }

  @Test
  void aRouteOfTheGatewayApiHoldsFirstInItsNamespaceHoweverItIsSeen() {
    String route =
        """
        accessLogFile: ""
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: api, namespace: app, creationTimestamp: "2026-01-01T00:00:00Z"}
        spec:
          parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: api}]
          rules:
            - timeouts: {request: 9s}
              backendRefs: [{group: networking.istio.io, kind: Hostname, name: api.example, port: 80}]
        """;
    for (String visible : List.of("\"*\"", "\".\"")) {
      String config = "defaultVirtualServiceExportTo: [" + visible + "]\n    " + route;
      assertThat(trace(config, "app").branches().get(0).hops().get(0).timeout())
          .as(visible)
          .isEqualTo("9s");
    }
  }

  @Test
  void aStanceThatIsNotTracedIsRefusedByItsName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trace("outboundTrafficPolicy: {mode: ALLOW_ANY_DYNAMIC_DNS}", "app"))
        .withMessage(
            "the mesh config's outboundTrafficPolicy.mode 'ALLOW_ANY_DYNAMIC_DNS' cannot be traced:"
                + " only REGISTRY_ONLY and ALLOW_ANY can");
  }
}
