package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.mesh.IstioVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How patient proxies are with a host. */
class TrafficPolicyTest {

  private static final HttpIntent HTTP = Egress.to("a.example").http(80).direct();
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void eachWordChangesOneThingAndTheLastHolds() {
    HttpIntent said =
        HTTP.timeout(Duration.ofSeconds(9))
            .timeout(SECOND)
            .retries(2, RetryOn.RESET)
            .fault(Fault.abort(503))
            .connections(5)
            .connectTimeout(SECOND)
            .ejectAfter(Ejection.consecutive5xx(3));
    TrafficPolicy policy = said.policy();
    assertThat(policy.timeout()).contains(SECOND);
    assertThat(policy.retries()).contains(new Retries(2, java.util.Set.of(RetryOn.RESET)));
    assertThat(policy.fault()).contains(Fault.abort(503));
    assertThat(policy.connections()).hasValue(5);
    assertThat(policy.connectTimeout()).contains(SECOND);
    assertThat(policy.ejection()).contains(Ejection.consecutive5xx(3));
    assertThat(HTTP.policy()).as("it was said of another value").isEqualTo(TrafficPolicy.none());
  }

  @Test
  void aSentenceReadsAsItWasSaid() {
    assertThat(
            HTTP.timeout(SECOND)
                .retries(2, RetryOn.RESET, RetryOn.FIVE_XX)
                .fault(Fault.delay(SECOND).percent(5))
                .connections(5)
                .connectTimeout(SECOND)
                .ejectAfter(Ejection.consecutiveGatewayErrors(3)))
        .hasToString(
            "Egress.to(\"a.example\").http(80).direct().timeout(PT1S).retries(2, FIVE_XX, RESET)"
                + ".fault(delay(PT1S).percent(5.0)).connections(5).connectTimeout(PT1S)"
                + ".ejectAfter(consecutiveGatewayErrors(3).lasting(PT30S))");
  }

  @Test
  void timesAreFromAMillisecondToADay() {
    for (Duration wrong :
        List.of(Duration.ZERO, Duration.ofNanos(999_999), SECOND.negated(), Duration.ofDays(2))) {
      refused(said -> said.timeout(wrong), "timeout(" + wrong + ") is out of range");
      refused(said -> said.connectTimeout(wrong), "connectTimeout(" + wrong + ") is out of range");
      refused(
          said -> said.ejectAfter(Ejection.consecutive5xx(1).lasting(wrong)),
          "ejection(" + wrong + ") is out of range");
      refused(said -> said.fault(Fault.delay(wrong)), "delay(" + wrong + ") is out of range");
    }
    assertThat(HTTP.timeout(Duration.ofMillis(1)).timeout(Duration.ofDays(1))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 11, Integer.MAX_VALUE})
  void retriesAreUpToTen(int attempts) {
    refused(said -> said.retries(attempts), "retries(" + attempts + ") is out of range");
  }

  @Test
  void numbersThatLetNothingThroughAreRefused() {
    refused(said -> said.connections(0), "connections(0) lets nothing through");
    refused(said -> said.ejectAfter(Ejection.consecutive5xx(0)), "ejection after 0 faults");
    refused(said -> said.fault(Fault.abort(199)), "abort with status 199 is out of range");
    refused(said -> said.fault(Fault.abort(600)), "abort with status 600 is out of range");
    for (double percent : new double[] {0, -1, 100.1, Double.NaN}) {
      refused(
          said -> said.fault(Fault.abort(500).percent(percent)),
          "a fault of " + percent + " percent of the calls is out of range");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fault(Optional.empty(), Optional.empty(), 100))
        .withMessage("a fault without delay and abort does nothing");
  }

  private static void refused(Consumer<HttpIntent> say, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> say.accept(HTTP))
        .withMessageStartingWith(message);
  }

  /** What data says, the compiler does not see. */
  @Test
  void sentencesFromDataAreCheckedToo() {
    HttpIntent tls =
        EgressIntent.of(
            new ExternalHost("a.example"),
            new EgressPort(443, PortProtocol.TLS),
            EgressPath.direct(),
            Origin.unknown());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tls.timeout(SECOND))
        .withMessage(
            "a.example tls(443).timeout(PT1S): no proxy reads these calls; only http, http2 and grpc"
                + " have timeouts, retries, faults and mirrors");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tls.ejectAfter(Ejection.consecutive5xx(3)))
        .withMessage(
            "a.example tls(443).ejectAfter(consecutive5xx(3).lasting(PT30S)): no proxy reads the"
                + " answers; say consecutiveGatewayErrors, which counts failed connections");
    assertThat(tls.ejectAfter(Ejection.consecutiveGatewayErrors(3)).policy().isOfConnections())
        .isTrue();
  }

  @Test
  void aWildcardStandsForManyHosts() {
    EgressIntent wildcard = Egress.toAnyOf("*.a.example").unresolved().http(80).direct();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wildcard.connections(5))
        .withMessage(
            "*.a.example http(80).connections(5): a wildcard stands for many hosts, and Istio sets"
                + " this for one; say it of each host");
  }

  @Test
  void rulesByPortAreWrittenFrom122On() {
    EgressIntent said = HTTP.connections(5);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EgressPlan.on(Mesh.istio(IstioVersion.of(1, 21)))
                    .namespace(MeshNamespace.named("shop"), said))
        .withMessage(
            "%s at %s asks for connections and ejection by port, which we generate for Istio 1.22"
                + " and newer; the mesh is 1.21",
            said, said.origin().place());
    assertThat(
            EgressPlan.on(Mesh.istio(IstioVersion.of(1, 21)))
                .namespace(MeshNamespace.named("shop"), HTTP.timeout(SECOND))
                .namespaces())
        .hasSize(1);
  }

  @Test
  void oneRuleSelectsPodsInOneWay() {
    EgressIntent shown =
        Egress.to("a.example")
            .http(80)
            .originateTls()
            .clientCertificate("client")
            .direct()
            .only(Pods.labelled("app", "till"));
    EgressIntent counted = Egress.to("a.example").http(8080).direct().connections(5);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
                    .namespace(MeshNamespace.named("shop"), shown, counted))
        .withMessageContaining("says only({app=till})")
        .withMessageContaining("says only(every pod)");
  }
}
