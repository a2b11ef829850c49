package io.github.istioegress.manifest;

import static io.github.istioegress.manifest.Reading.objects;
import static io.github.istioegress.manifest.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No rule and an empty rule are opposites: nothing may pass, anything may. */
class AuthorizationPolicyTest {

  private static final String HEAD =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: egress, namespace: istio-system}
      """;

  private static int rules(ReadManifests read) {
    AuthorizationPolicy policy = (AuthorizationPolicy) objects(read).get(0);
    return policy.getSpec() == null ? 0 : policy.getSpec().getRules().size();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                          | 0",
        "spec: {}                                                    | 0",
        "'spec: {rules: []}'                                         | 0",
        "'spec: {selector: {matchLabels: {a: b}}}'                   | 0",
        "'spec: {rules: [{}]}'                                       | 1",
        "'spec: {action: DENY, rules: [{}, {to: [{operation: {ports: [\"80\"]}}]}]}' | 2",
      })
  void rulesAreAsManyAfterWritingAndReading(String spec, int rules) {
    ReadManifests first = read(HEAD + spec + "\n");
    assertThat(first.findings()).isEmpty();
    assertThat(rules(first)).isEqualTo(rules);
    ReadManifests again = read(new ManifestWriter().write(objects(first)));
    assertThat(again.findings()).isEmpty();
    assertThat(rules(again)).isEqualTo(rules);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1"})
  void eachVersionKeepsItsOwn(String version) {
    String text = HEAD.replace("io/v1", "io/" + version) + "spec: {rules: [{}]}\n";
    assertThat(new ManifestWriter().write(objects(read(text))))
        .isEqualTo(
            """
            apiVersion: security.istio.io/%s
            kind: AuthorizationPolicy
            metadata:
              name: egress
              namespace: istio-system
            spec:
              rules:
                - {}
            """
                .formatted(version));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: [{from: [{source: {principal: [a]}}]}] | Perhaps principals is meant",
        "rules: [{to: [{operations: {ports: ['80']}}]}] | Perhaps operation is meant",
        "rule: [{}] | Perhaps rules is meant",
      })
  void aMisspeltFieldIsTold(String spec, String remedy) {
    ReadManifests read = read(HEAD + "spec: {" + spec + "}\n");
    assertThat(read.findings()).hasSize(1);
    assertThat(read.findings().get(0).remedy()).startsWith(remedy);
  }
}
