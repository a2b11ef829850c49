package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.originationAtGateway;
import static io.github.istioegress.trace.Manifests.tlsThroughGateway;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What travels between stops, and who put TLS around it. */
final class ToldTest {

  private static final String HOST = "api.example.org";

  private static Told told(String manifests, String url) {
    return Told.of(TestMesh.of(manifests).call("shop", url).trace()).get(0);
  }

  private static List<String> carried(Told told) {
    return told.carried().stream().map(Carried::words).toList();
  }

  @Test
  void aGatewayThatEndsTlsOfTheMeshMayBeginItsOwn() {
    Told told = told(originationAtGateway("shop", HOST), "http://api.example.org/");
    assertThat(carried(told))
        .containsExactly("plain HTTP", "mesh mTLS by the sidecar", "TLS by the egress gateway");
    assertThat(told.stops().get(1).hop().endsTls()).isTrue();
  }

  @Test
  void tlsOfTheApplicationStaysAroundItsBytes() {
    Told told = told(tlsThroughGateway("shop", HOST), "https://api.example.org/");
    assertThat(carried(told)).containsExactly("TLS by the app", "TLS by the app", "TLS by the app");
  }

  @Test
  void tlsOfASidecarThatAGatewayPassesOnIsNoPlainText() {
    String manifests =
        changed(
            changed(
                changed(
                    tlsThroughGateway("shop", HOST),
                    "[{name: api-example-org}]",
                    "[{name: api-example-org, trafficPolicy: {tls: {mode: SIMPLE, sni: api.example.org}}}]"),
                "  tls:\n  - match:\n    - {gateways: [mesh], port: 443, sniHosts: [api.example.org]}",
                "  http:\n  - match:\n    - {gateways: [mesh], port: 80}"),
            "  - match:\n    - {gateways: [api-example-org], port: 443",
            "  tls:\n  - match:\n    - {gateways: [api-example-org], port: 443");
    Told told = told(manifests, "http://api.example.org/");
    assertThat(carried(told))
        .containsExactly("plain HTTP", "TLS by the sidecar", "TLS by the sidecar");
    assertThat(told.stops().get(1).hop().endsTls()).isFalse();
    assertThat(told.stops().get(1).facts())
        .contains("adds no TLS: that of the sidecar goes through unopened");
    assertThat(told.outside()).isEqualTo("api.example.org:443, TLS on the wire");
  }
}
