package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainStyleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cnn",
        "edition.cnn.com",
        "networking.istio.io/v1",
        "istio-egressgateway.istio-system.svc.cluster.local",
        "./edition.cnn.com",
        "istio-system/cnn",
        "/dev/stdout",
        "REGISTRY_ONLY",
        "azure-key-vault-env-injection",
        "spiffe://cluster.local/ns/a/sa/b",
        "docker.io/istio/proxyv2:1.31.0",
        "10s",
        "1.5s",
        "250ms",
        "192.0.2.10",
        "192.0.2.0/24",
        "v1"
      })
  void ordinaryTextStandsBare(String text) {
    assertThat(PlainStyle.fits(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a ",
        " a",
        "y",
        "N",
        "On",
        "oFF",
        "yes",
        "null",
        "NaN",
        "Infinity",
        "80",
        "1.31",
        "1-31-0",
        "0o14",
        "1:20",
        "a:",
        "a: b",
        "a:/ b",
        "a #b",
        "*.cnn.com",
        "./*",
        ".",
        "..",
        "-",
        "--",
        "---",
        "=",
        "<<",
        "~",
        "!a",
        "&a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "'a",
        "\"a",
        "{a",
        "[a",
        "a,b",
        "a=b",
        "a\nb",
        "a\n",
        "\ta",
        "ä",
        "2026-01-01",
        "::1",
        "1password.com",
        "5d"
      })
  void everythingElseIsQuoted(String text) {
    assertThat(PlainStyle.fits(text)).isFalse();
  }
}
