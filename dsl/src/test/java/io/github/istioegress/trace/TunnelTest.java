package io.github.istioegress.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connections go on in a tunnel through an outside forward proxy. */
final class TunnelTest {

  private static final String PROXY =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: proxy, namespace: app}
      spec:
        hosts: [squid.corp.example]
        addresses: [10.9.0.4]
        ports: [{number: 3128, name: tcp, protocol: TCP}]
        resolution: STATIC
        endpoints: [{address: 10.9.0.4}]
      """;

  private static final String RULE =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: proxy, namespace: app}
      spec:
        host: squid.corp.example
        trafficPolicy:
          tunnel: {protocol: CONNECT, targetHost: whole.example, targetPort: 1}
        subsets:
          - name: vendor
            trafficPolicy:
              tunnel: {protocol: CONNECT, targetHost: vendor.example, targetPort: 443}
          - name: bare
      """;

  private static final String ENTRY =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: vendor, namespace: app}
      spec:
        hosts: [vendor.example]
        ports: [{number: 443, name: tls, protocol: TLS}, {number: 80, name: http, protocol: HTTP}]
        resolution: NONE
      """;

  private static String route(String... destinations) {
    return """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: vendor, namespace: app}
        spec:
          hosts: [vendor.example]
          http:
            - route: [%s]
          tls:
            - match: [{port: 443, sniHosts: [vendor.example]}]
              route: [%s]
        """
        .formatted(destinations[0], String.join(", ", destinations));
  }

  private static String to(String subset, int weight) {
    String chosen = subset.isEmpty() ? "" : ", subset: " + subset;
    return "{destination: {host: squid.corp.example, port: {number: 3128}%s}, weight: %d}"
        .formatted(chosen, weight);
  }

  private static Trace call(String url, String route) {
    return TestMesh.of(PROXY, RULE, ENTRY, route).call("app", url).trace();
  }

  private static String tunnel(Trace trace) {
    return trace.branches().get(0).hops().get(0).tunnel();
  }

  @Test
  void aSubsetNamesWhatTheProxyIsAskedFor() {
    Trace trace = call("https://vendor.example/", route(to("vendor", 100)));
    assertThat(tunnel(trace)).isEqualTo("vendor.example:443");
    assertThat(trace.outcome()).isEqualTo(Outcome.EXTERNAL);
    assertThat(trace.branches().get(0).detail())
        .isEqualTo("leaves to 10.9.0.4:3128 and through it to vendor.example:443");
    assertThat(TraceText.of(List.of(trace)))
        .contains("asks the forward proxy there for a tunnel to vendor.example:443 (HTTP CONNECT)");
  }

  @Test
  void aSubsetWithoutOneHasNoneWhateverTheHostSays() {
    assertThat(tunnel(call("https://vendor.example/", route(to("bare", 100))))).isEmpty();
  }

  @Test
  void withoutASubsetTheHostSaysIt() {
    assertThat(tunnel(call("https://vendor.example/", route(to("", 100)))))
        .isEqualTo("whole.example:1");
    assertThat(tunnel(call("tcp://squid.corp.example:3128", route(to("", 100)))))
        .as("dialled by the application itself")
        .isEqualTo("whole.example:1");
  }

  @Test
  void sharesHaveThatOfTheFirstHostAsAWhole() {
    Trace trace = call("https://vendor.example/", route(to("vendor", 50), to("bare", 50)));
    assertThat(trace.branches())
        .flatExtracting(Branch::hops)
        .extracting(Hop::tunnel)
        .containsExactly("whole.example:1", "whole.example:1");
  }

  private static final String AT_GATEWAY =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: vendor, namespace: app}
      spec:
        selector: {istio: egressgateway}
        servers:
          - port: {number: 443, name: tls, protocol: TLS}
            hosts: [vendor.example]
            tls: {mode: PASSTHROUGH}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: vendor, namespace: app}
      spec:
        hosts: [vendor.example]
        gateways: [mesh, vendor]
        tls:
          - match: [{gateways: [mesh], port: 443, sniHosts: [vendor.example]}]
            route:
              - destination:
                  host: istio-egressgateway.istio-system.svc.cluster.local
                  port: {number: 443}
          - match: [{gateways: [vendor], port: 443, sniHosts: [vendor.example]}]
            route:
              - destination: {host: squid.corp.example, port: {number: 3128}, subset: vendor}
      """;

  @Test
  void aGatewayAsksForOne() {
    Trace trace =
        TestMesh.of(PROXY, RULE, ENTRY, AT_GATEWAY).call("app", "https://vendor.example/").trace();
    assertThat(trace.branches().get(0).hops())
        .extracting(Hop::tunnel)
        .containsExactly("", "vendor.example:443");
    assertThat(trace.way()).isEqualTo(Way.VIA_GATEWAY);
    assertThat(trace.branches().get(0).detail())
        .isEqualTo("leaves to 10.9.0.4:3128 and through it to vendor.example:443");
  }

  @Test
  void nothingIsAskedForACallThatIsRefused() {
    String policy =
        Manifests.authorizationPolicy(
            "istio-system/nobody", "{selector: {matchLabels: {istio: egressgateway}}}");
    Trace trace =
        TestMesh.of(PROXY, RULE, ENTRY, AT_GATEWAY, policy)
            .call("app", "https://vendor.example/")
            .trace();
    assertThat(trace.outcome()).isEqualTo(Outcome.DENIED);
    assertThat(trace.branches().get(0).hops()).extracting(Hop::tunnel).containsExactly("", "");
  }

  @Test
  void requestsThatAProxyReadsHaveNone() {
    Trace trace = call("http://vendor.example/", route(to("vendor", 100)));
    assertThat(tunnel(trace)).isEmpty();
    assertThat(trace.detail()).isEqualTo("leaves to 10.9.0.4:3128");
  }
}
