package io.github.istioegress.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.mesh.SidecarDns;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who answers the look-up of a call's name, and what the answer decides. */
final class LookupTest {

  private static final String MANIFESTS =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: api, namespace: app}
      spec:
        hosts: [api.example]
        ports: [{number: 443, name: tls, protocol: TLS}]
        resolution: DNS
        exportTo: [.]
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: known, namespace: app}
      spec:
        hosts: [known.example]
        ports: [{number: 443, name: tls, protocol: TLS}]
        resolution: DNS
      status:
        addresses: [{host: known.example, value: 240.240.9.9}]
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: fixed, namespace: app}
      spec:
        hosts: [fixed.example]
        addresses: [203.0.113.7]
        ports: [{number: 443, name: tls, protocol: TLS}]
        resolution: DNS
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: db, namespace: app}
      spec: {clusterIP: 10.0.0.9, ports: [{port: 443, name: tls}]}
      """;

  private static final SidecarDns CAPTURED = new SidecarDns(true, false);

  private static Trace trace(SidecarDns dns, int minor, Call call) {
    return Tracer.of(
            new ManifestReader().read(List.of(new SourceFile("mesh.yaml", MANIFESTS))).resources(),
            List.of(),
            MeshConfig.istioDefault()
                .withOutboundTrafficPolicy(OutboundTrafficPolicy.ALLOW_ANY)
                .withDns(dns),
            IstioVersion.of(1, minor))
        .trace(call);
  }

  private static Call call(String from, String url) {
    return Call.to(Caller.parse(from), url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app                               | https://api.example   | SIDECAR  | 240.240.0.1
          app                               | https://known.example | SIDECAR  | 240.240.9.9
          app                               | https://fixed.example | SIDECAR  | 203.0.113.7
          app                               | https://www.example   | RESOLVER | 192.0.2.1
          app                               | https://db            | CLUSTER  | 10.0.0.9
          app                               | tcp://198.51.100.1:443| NOBODY   | 198.51.100.1
          other                             | https://api.example   | RESOLVER | 192.0.2.1
          app/sidecar.istio.io/inject=false | https://api.example   | RESOLVER | 192.0.2.1
          app/sidecar.istio.io/inject=false | https://fixed.example | ENTRY    | 203.0.113.7
          """)
  void aSidecarThatCapturesDnsAnswersForTheHostsItKnows(
      String from, String url, String by, String address) {
    Lookup lookup = trace(CAPTURED, 31, call(from, url)).lookup();
    assertThat(lookup.by()).hasToString(by);
    assertThat(lookup.address()).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({"false, false, 31, RESOLVER", "true, false, 24, RESOLVER", "true, true, 24, SIDECAR"})
  void itTakesTheSettingAndTheRelease(boolean capture, boolean allocate, int minor, String by) {
    Trace trace =
        trace(new SidecarDns(capture, allocate), minor, call("app", "https://api.example"));
    assertThat(trace.lookup().by()).hasToString(by);
  }

  @Test
  void theListenerIsThatOfTheAddress() {
    Trace trace = trace(CAPTURED, 31, call("app", "https://known.example"));
    assertThat(trace.outcome()).isEqualTo(Outcome.EXTERNAL);
    assertThat(trace.branches().get(0).hops().get(0).listener()).isEqualTo("240.240.9.9_443");
    assertThat(TraceText.of(List.of(trace)))
        .contains(
            "1 DNS             known.example is looked up: the pod's sidecar answers 240.240.9.9,"
                + " the address that istiod has for the host\n2 app ");
  }

  @Test
  void onAnotherPortTheAddressIsNobodys() {
    Trace trace = trace(CAPTURED, 31, call("app", "https://known.example:8443"));
    assertThat(trace.outcome()).isEqualTo(Outcome.NO_ENDPOINTS);
    assertThat(trace.detail()).contains("240.240.9.9", "no machine has it");
    assertThat(trace.remedy()).isEqualTo("declare port 8443 of the host");
  }

  @Test
  void whatWasToldWithTheCallHolds() {
    Call told = call("app", "https://known.example").with("", "198.51.100.7", "", Map.of());
    Trace trace = trace(CAPTURED, 31, told);
    assertThat(trace.lookup().by()).isEqualTo(Lookup.By.TOLD);
    assertThat(trace.outcome()).isEqualTo(Outcome.PASSTHROUGH);
  }
}
