package io.github.istioegress.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.istioegress.dsl.Egress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS begun by the last proxy, with the authorities it trusts and the pods that do it. */
class TlsOriginationTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final Egress.Originated SAID = Egress.to("a.example").http(80).originateTls();

  private static TlsOrigination of(EgressIntent intent) {
    return intent.handling().origination().orElseThrow();
  }

  @Test
  void itGoesToPort443AndTrustsTheSystemUnlessTold() {
    assertThat(of(SAID.direct()))
        .isEqualTo(TlsOrigination.standard())
        .isEqualTo(
            new TlsOrigination(443, Ca.system(), List.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void eachWordSaysItsPart() {
    TlsOrigination said =
        of(
            SAID.toPort(8443)
                .trusting(Ca.file("/etc/certs/ca.pem"))
                .san("B.example.", "c.example")
                .clientCertificate("client")
                .direct()
                .only(Pods.labelled("app", "cart")));
    assertThat(said.toPort()).isEqualTo(8443);
    assertThat(said.ca().from()).isEqualTo("/etc/certs/ca.pem");
    assertThat(said.subjectAltNames()).containsExactly("b.example", "c.example");
    assertThat(said.clientCertificate()).contains("client");
    assertThat(said.only()).contains(Pods.labelled("app", "cart"));
  }

  @Test
  void anUnfinishedSentenceMayBeUsedAgain() {
    Egress.Authenticated shown = SAID.clientCertificate("client");
    assertThat(of(shown.via(GATEWAY)).only()).isEmpty();
    assertThat(of(shown.direct().only(Pods.labelled("app", "a"))).only()).isPresent();
    assertThat(of(SAID.via(GATEWAY.overIstioMutualTls())).clientCertificate()).isEmpty();
    assertThat(of(SAID.toPort(8443).direct()).toPort()).isEqualTo(8443);
    assertThat(of(SAID.direct()).toPort()).isEqualTo(443);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536})
  void portsOutOfRangeAreRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAID.toPort(port))
        .withMessage("port " + port + " is out of range: use 1 to 65535");
  }

  @Test
  void namesInACertificateAreHostNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAID.san("https://a.example"))
        .withMessageStartingWith("host 'https://a.example' has a scheme");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAID.san(""))
        .withMessageStartingWith("host '' is blank");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> of(SAID.san("a.example").direct()).subjectAltNames().clear());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Client", "client cert", "shop/client", "kubernetes://client"})
  void secretsAreResourceNames(String secret) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SAID.clientCertificate(secret))
        .withMessageStartingWith("client certificate '" + secret + "' is not a resource name");
  }

  @Test
  void authoritiesAreTheSystemsOrAFile() {
    assertThat(Ca.system()).isEqualTo(new Ca("system")).hasToString("system");
    assertThat(Ca.file("/etc/certs/ca.pem")).hasToString("/etc/certs/ca.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ca.pem", "./ca.pem", "/", "/etc/certs/", "/etc/my ca.pem", "System"})
  void aFileOfAuthoritiesHasAnAbsolutePath(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ca.file(path))
        .withMessage(
            "CA file '%s' is no absolute path in the proxy's container: write /etc/certs/ca.pem",
            path);
  }

  @Test
  void podsHaveAtLeastOneLabel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pods(Map.of()))
        .withMessage("pods are named by at least one label");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pods.labelled("app name", "cart"))
        .withMessageStartingWith("pods has the label key 'app name'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pods.labelled("app", "my cart"))
        .withMessageStartingWith("pods has the label app with value 'my cart'");
  }

  @Test
  void labelsOfPodsAreOrderedAndCannotBeChanged() {
    Pods pods = new Pods(Map.of("b", "2", "a", "1"));
    assertThat(pods.labels().keySet()).containsExactly("a", "b");
    assertThat(pods).hasToString("{a=1, b=2}");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> pods.labels().clear());
  }
}
