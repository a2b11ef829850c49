package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGatewayTest {

  private static final EgressGateway EDGE =
      EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(80, 8080);

  @Test
  void theDefaultIsTheGatewayOfIstiosInstallation() {
    EgressGateway gateway = EgressGateway.istioDefault();
    assertThat(gateway.name()).isEqualTo("istio-egressgateway");
    assertThat(gateway.namespace()).isEqualTo("istio-system");
    assertThat(gateway.labels()).isEqualTo(Map.of("istio", "egressgateway"));
    assertThat(gateway.ports())
        .containsExactly(new GatewayPort(80, 8080), new GatewayPort(443, 8443));
    assertThat(gateway.serviceHost())
        .isEqualTo("istio-egressgateway.istio-system.svc.cluster.local");
    assertThat(gateway).hasToString("istio-system/istio-egressgateway");
  }

  @Test
  void wordsMayComeInAnyOrder() {
    EgressGateway other =
        EgressGateway.named("edge")
            .in("egress")
            .labelled("team", "a")
            .port(443, 8443)
            .labelled("istio", "edge")
            .port(80, 8080);
    assertThat(other).isEqualTo(EDGE.labelled("team", "a").port(443, 8443));
    assertThat(other.ports()).extracting(GatewayPort::port).containsExactly(80, 443);
    assertThat(other.labels().keySet()).containsExactly("istio", "team");
  }

  @Test
  void aWordLeavesTheOldValueAsItWas() {
    EgressGateway before = new EgressGateway("edge", "egress", EDGE.labels(), EDGE.ports());
    EgressGateway after = EDGE.port(443, 8443).labelled("istio", "other");
    assertThat(after).isNotEqualTo(before);
    assertThat(EDGE).isEqualTo(before);
  }

  @Test
  void itHoldsCopiesThatNobodyChanges() {
    Map<String, String> labels = new HashMap<>(Map.of("istio", "edge"));
    EgressGateway gateway = new EgressGateway("edge", "egress", labels, List.of());
    labels.put("more", "x");
    assertThat(gateway.labels()).containsOnlyKeys("istio");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> gateway.labels().clear());
  }

  @Test
  void itKnowsItsPorts() {
    assertThat(EDGE.hasPort(80)).isTrue();
    assertThat(EDGE.hasPort(8080)).as("the pod's port is not the Service's").isFalse();
  }

  @Test
  void aPortIsThereOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EDGE.port(80, 9090))
        .withMessage("egress gateway edge has port 80 twice: keep one");
  }

  @Test
  void withoutLabelsItWouldSelectEveryPod() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EgressGateway("edge", "egress", Map.of(), List.of()))
        .withMessage("egress gateway edge has no labels: without them every pod would be selected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Edge", "edge.egress", "-edge", "edge-", "ed ge", "kante\u00e4"})
  void namesAreDnsLabels(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressGateway.named(name).in("egress").labelled("istio", "edge"))
        .withMessage(
            "egress gateway '"
                + name
                + "' is not a DNS label: use 1 to 63 lower-case letters, digits and dashes, without"
                + " a dash at either end");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EgressGateway.named("edge").in(name).labelled("istio", "edge"))
        .withMessageStartingWith(
            "namespace of egress gateway edge '" + name + "' is not a DNS label");
  }

  @ParameterizedTest
  @CsvSource({
    "'',x",
    "-a,x",
    "a b,x",
    "a/b/c,x",
    "/a,x",
    "UPPER.prefix/a,x",
    "example.com/,x",
    "'a\n',x"
  })
  void labelKeysAreKubernetesOwn(String key, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EDGE.labelled(key, value))
        .withMessage(
            "egress gateway edge has the label key '"
                + key
                + "': a key is up to 63 letters, digits, '-', '_' and '.', with an optional DNS"
                + " prefix and '/'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "a b", "x/y", "\u00e4", "x\n", " "})
  void labelValuesAreKubernetesOwn(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EDGE.labelled("istio", value))
        .withMessage(
            "egress gateway edge has the label istio with value '"
                + value
                + "': a value is up to 63 letters, digits, '-', '_' and '.'");
  }

  @ParameterizedTest
  @CsvSource({"app.kubernetes.io/name,edge", "istio,''", "Team_1,A.b-c_D", "beta.x/os,linux"})
  void ordinaryLabelsAreTaken(String key, String value) {
    assertThat(EDGE.labelled(key, value).labels()).containsEntry(key, value);
  }

  @Test
  void aLabelHasUpTo63Characters() {
    assertThat(EDGE.labelled("a".repeat(63), "b".repeat(63)).labels()).hasSize(2);
    assertThatIllegalArgumentException().isThrownBy(() -> EDGE.labelled("a".repeat(64), "b"));
    assertThatIllegalArgumentException().isThrownBy(() -> EDGE.labelled("a", "b".repeat(64)));
  }
}
