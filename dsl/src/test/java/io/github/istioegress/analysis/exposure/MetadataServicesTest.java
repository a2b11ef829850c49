package io.github.istioegress.analysis.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataServicesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.169.254/32",
        "169.254.0.0/16",
        "2852039166",
        "0xA9FEA9FE",
        "0251.0376.0251.0376",
        "0xa9.254.43518",
        "::ffff:169.254.169.254",
        "::ffff:a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "fd00:ec2::254",
        "100.100.100.200",
        "metadata.google.internal",
        "METADATA.google.internal.",
        "169.254.169.254.nip.io",
        "app-169-254-169-254.sslip.io"
      })
  void isKnownInEveryNotation(String said) {
    assertThat(MetadataServices.of(said)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "203.0.113.7",
        "edition.cnn.com",
        "169.255.1.1",
        "1.169.254.169.254",
        "2852039166.example.org",
        "metadata.example.org",
        "fd00:ec2::253",
        "::ffff:cb00:7107",
        "203-0-113-7.nip.io"
      })
  void othersAreNot(String said) {
    assertThat(MetadataServices.of(said)).isEmpty();
  }
}
