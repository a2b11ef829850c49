package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.destinationRule;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.originationAtGateway;
import static io.github.istioegress.trace.Manifests.serviceEntry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.trace.envoy.UpstreamTls;
import org.junit.jupiter.api.Test;

/** What Istio makes of TLS that a proxy begins. */
final class OriginationTest {

  private static final String ENTRY =
      serviceEntry(
          "app/api",
          """
          hosts: [api.example.org]
          ports: [{number: 80, name: http, protocol: HTTP, targetPort: 443}]
          resolution: DNS
          """);
  private static final String HTTP =
      "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)";

  private static TracedCall originated(String tls) {
    return originated("", tls);
  }

  private static TracedCall originated(String selector, String tls) {
    return TestMesh.of(
            ENTRY,
            destinationRule(
                "app/api",
                """
                host: api.example.org
                %strafficPolicy:
                  tls: %s
                """
                    .formatted(selector, tls)))
        .call("app/app=sleep", "http://api.example.org/");
  }

  private static UpstreamTls upstream(TracedCall call) {
    return call.trace().branches().get(0).hops().get(0).upstreamTls();
  }

  @Test
  void withoutCertificatesTheSystemsAreTrusted() {
    TracedCall silent = originated("{mode: SIMPLE}");
    TracedCall said = originated("{mode: SIMPLE, caCertificates: system}");
    silent.leavesDirectly(HTTP + " with SIMPLE api.example.org");
    assertThat(upstream(silent).ca()).isEqualTo("system");
    assertThat(upstream(said)).isEqualTo(upstream(silent));
  }

  @Test
  void withoutSniTheHostHeaderIsIt() {
    originated("{mode: SIMPLE}").leavesDirectly(HTTP + " with SIMPLE api.example.org");
  }

  @Test
  void anExplicitSniGoesWithTheNamesThatAreSaid() {
    TracedCall call = originated("{mode: SIMPLE, sni: a.example, subjectAltNames: [b.example]}");
    call.leavesDirectly(HTTP + " with SIMPLE a.example");
    assertThat(upstream(call).sans()).containsExactly("b.example");
  }

  @Test
  void aSidecarDropsTlsWithACredentialName() {
    originated("{mode: SIMPLE, credentialName: client}")
        .leavesDirectly(HTTP)
        .because("api.example.org:443");
    originated("{mode: MUTUAL, credentialName: client}").leavesDirectly(HTTP);
  }

  @Test
  void aSidecarTakesACredentialNameOfARuleForSomePods() {
    TracedCall call =
        originated(
            "workloadSelector: {matchLabels: {app: sleep}}\n",
            "{mode: MUTUAL, credentialName: client}");
    call.leavesDirectly(HTTP + " with MUTUAL api.example.org");
    assertThat(upstream(call).clientCert()).isEqualTo("client");
  }

  @Test
  void aGatewayTakesACredentialName() {
    TestMesh.of(
            changed(
                originationAtGateway("app", "api.example.org"),
                "{mode: SIMPLE, sni: api.example.org}",
                "{mode: MUTUAL, sni: api.example.org, credentialName: client}"))
        .call("app", "http://api.example.org/")
        .leavesByGateway(
            "0.0.0.0_80 > api.example.org:80"
                + " > outbound|443|api-example-org|istio-egressgateway.istio-system (EDS)"
                + " with ISTIO_MUTUAL api.example.org",
            "0.0.0.0_8443 > api.example.org:443 > outbound|443||api.example.org (STRICT_DNS)"
                + " with MUTUAL api.example.org");
  }

  @Test
  void skippedVerificationTrustsNoAuthority() {
    TracedCall call = originated("{mode: SIMPLE, insecureSkipVerify: true}");
    call.leavesDirectly(HTTP + " with SIMPLE api.example.org");
    assertThat(upstream(call).ca()).isEmpty();
  }

  @Test
  void mutualTlsOfTheMeshGoesOutWithItsOwnSni() {
    originated("{mode: ISTIO_MUTUAL}")
        .leavesDirectly(HTTP + " with ISTIO_MUTUAL outbound_.80_._.api.example.org");
  }

  @Test
  void aRuleForTheWholeHostWrapsTlsInTls() {
    String whole =
        destinationRule(
            "app/api",
            """
            host: api.example.org
            trafficPolicy: {tls: {mode: SIMPLE, sni: api.example.org}}
            """);
    TestMesh.of(entry("app", "api.example.org"), whole)
        .call("app", "https://api.example.org/")
        .leavesDirectly(
            "0.0.0.0_443 > tcp > outbound|443||api.example.org (STRICT_DNS)"
                + " with SIMPLE api.example.org");
  }

  @Test
  void aRuleForOnePortLeavesTheOthers() {
    String ofPort =
        destinationRule(
            "app/api",
            """
            host: api.example.org
            trafficPolicy:
              portLevelSettings:
              - port: {number: 80}
                tls: {mode: SIMPLE, sni: api.example.org}
            """);
    TestMesh mesh = TestMesh.of(entry("app", "api.example.org"), ofPort);
    mesh.call("app", "https://api.example.org/")
        .leavesDirectly("0.0.0.0_443 > tcp > outbound|443||api.example.org (STRICT_DNS)");
    // Without targetPort the TLS goes to port 80.
    mesh.call("app", "http://api.example.org/")
        .leavesDirectly(HTTP + " with SIMPLE api.example.org")
        .because("api.example.org:80");
  }
}
