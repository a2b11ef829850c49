package io.github.istioegress.trace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The protocols of ports. */
final class ProtocolTest {

  @ParameterizedTest
  @CsvSource({
    "HTTP, HTTP",
    "http, HTTP",
    "Http2, HTTP2",
    "GRPC, GRPC",
    "grpc-web, GRPC_WEB",
    "HTTP_PROXY, HTTP_PROXY",
    "HTTPS, HTTPS",
    "TLS, TLS",
    "TCP, TCP",
    "MONGO, MONGO",
    "MySQL, MYSQL",
    "UDP, UDP",
    "'', UNSUPPORTED",
    "HTTP3, UNSUPPORTED",
    "unsupported, UNSUPPORTED"
  })
  void wordsAreReadWithoutCase(String word, Protocol expected) {
    assertThat(Protocol.parse(word)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP, true, false, false, false",
    "GRPC_WEB, true, false, false, false",
    "HTTPS, false, true, true, false",
    "TLS, false, true, true, false",
    "TCP, false, true, false, false",
    "MONGO, false, true, false, false",
    "UDP, false, false, false, false",
    "UNSUPPORTED, false, false, false, true"
  })
  void whatKindOfListenerItGets(
      Protocol protocol, boolean http, boolean tcp, boolean tls, boolean sniffed) {
    assertThat(protocol.isHttp()).isEqualTo(http);
    assertThat(protocol.isTcp()).isEqualTo(tcp);
    assertThat(protocol.isTls()).isEqualTo(tls);
    assertThat(protocol.isSniffed()).isEqualTo(sniffed);
    assertThat(protocol.isHttpOrSniffed()).isEqualTo(http || sniffed);
  }

  @ParameterizedTest
  @EnumSource
  void serverFirstAreMongoAndMysql(Protocol protocol) {
    assertThat(protocol.isServerFirst())
        .isEqualTo(protocol == Protocol.MONGO || protocol == Protocol.MYSQL);
  }

  @Test
  void whatIsTlsIsBytesToo() {
    assertThat(Protocol.values()).filteredOn(Protocol::isTls).allMatch(Protocol::isTcp);
  }
}
