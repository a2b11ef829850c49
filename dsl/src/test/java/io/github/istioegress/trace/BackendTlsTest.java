package io.github.istioegress.trace;

import static io.github.istioegress.trace.Manifests.at;
import static io.github.istioegress.trace.Manifests.changed;
import static io.github.istioegress.trace.Manifests.destinationRule;
import static io.github.istioegress.trace.Manifests.entry;
import static io.github.istioegress.trace.Manifests.gatewayApi;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What istiod makes of BackendTLSPolicies. */
final class BackendTlsTest {

  private static final String HTTP =
      "0.0.0.0_80 > api.example.org:80 > outbound|80||api.example.org (STRICT_DNS)";

  private static final String POLICY =
      gatewayApi(
          "BackendTLSPolicy",
          "shop/tls",
          """
          targetRefs:
          - {group: networking.istio.io, kind: ServiceEntry, name: api-example-org, sectionName: http}
          validation: {hostname: api.example.org, wellKnownCACertificates: System}
          """);

  @Test
  void whoCallsThePortBeginsTls() {
    TracedCall call =
        TestMesh.of(entry("shop", "api.example.org"), POLICY)
            .call("shop", "http://api.example.org/")
            .leavesDirectly(HTTP + " with SIMPLE api.example.org");
    assertThat(call.lastDecisions()).contains("BackendTLSPolicy shop/tls spec.validation");
    TestMesh.of(entry("shop", "api.example.org"), changed(POLICY, ", sectionName: http", ""))
        .call("shop", "https://api.example.org/")
        .leavesDirectly(
            "0.0.0.0_443 > tcp > outbound|443||api.example.org (STRICT_DNS)"
                + " with SIMPLE api.example.org");
  }

  @Test
  void aPortOrATargetThatIsNotThereMakesItNone() {
    for (String wrong :
        new String[] {
          changed(POLICY, "sectionName: http", "sectionName: other"),
          changed(POLICY, "name: api-example-org", "name: gone"),
          changed(POLICY, "namespace: shop", "namespace: other")
        }) {
      TestMesh.of(entry("shop", "api.example.org"), wrong)
          .call("shop", "http://api.example.org/")
          .leavesDirectly(HTTP);
    }
  }

  @Test
  void theOldestOfTwoStands() {
    String younger = changed(POLICY, "hostname: api.example.org", "hostname: www.example.org");
    TestMesh.of(
            entry("shop", "api.example.org"),
            at(1, POLICY),
            at(2, changed(younger, "name: tls", "name: another")))
        .call("shop", "http://api.example.org/")
        .leavesDirectly(HTTP + " with SIMPLE api.example.org");
  }

  @Test
  void itFillsOnlyWhatADestinationRuleLeavesOpen() {
    String silent =
        destinationRule(
            "shop/api",
            """
            host: api.example.org
            trafficPolicy: {connectionPool: {tcp: {maxConnections: 10}}}
            """);
    TestMesh.of(entry("shop", "api.example.org"), POLICY, silent)
        .call("shop", "http://api.example.org/")
        .leavesDirectly(HTTP + " with SIMPLE api.example.org");
    String own =
        destinationRule(
            "shop/api",
            """
            host: api.example.org
            trafficPolicy:
              portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE, sni: own.example}}]
            """);
    TestMesh.of(entry("shop", "api.example.org"), POLICY, own)
        .call("shop", "http://api.example.org/")
        .leavesDirectly(HTTP + " with SIMPLE own.example");
  }

  /**
   * It begins what is merged, whatever its age; each written rule then goes before what is there.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void ofTwoDestinationRulesBesideItTheYoungerOneStands(int minute) {
    String older =
        destinationRule(
            "shop/api",
            """
            host: api.example.org
            trafficPolicy: {tls: {mode: SIMPLE, sni: older.example}}
            """);
    String younger = changed(changed(older, "older.example", "younger.example"), "api\n", "too\n");
    TestMesh.of(entry("shop", "api.example.org"), at(minute, POLICY), at(2, older), at(3, younger))
        .call("shop", "https://api.example.org/")
        .leavesDirectly(
            "0.0.0.0_443 > tcp > outbound|443||api.example.org (STRICT_DNS)"
                + " with SIMPLE younger.example");
  }
}
