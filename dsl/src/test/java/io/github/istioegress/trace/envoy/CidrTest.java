package io.github.istioegress.trace.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of addresses. */
final class CidrTest {

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "0.0.0.0/0, 192.0.2.1, true",
    "10.1.0.0/16, 10.1.2.0/24, true",
    "10.1.2.0/24, 10.1.0.0/16, false",
    "2001:db8::/32, 2001:db8::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "0.0.0.0/0, 2001:db8::1, false"
  })
  void contains(String range, String address, boolean expected) {
    assertThat(cidr(range).contains(cidr(address))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edition.cnn.com",
        "localhost",
        "",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "2001:db8::/129",
        "300.1.1.1",
        "10.0.0.0/"
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
  }

  @Test
  void onlyAllZerosIsUnspecified() {
    assertThat(cidr("0.0.0.0").isUnspecified()).isTrue();
    assertThat(cidr("0.0.0.0/0").isUnspecified()).isTrue();
    assertThat(cidr("::").isUnspecified()).isTrue();
    assertThat(cidr("10.0.0.0/8").isUnspecified()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.9.0.0/24, 10.9.0.1",
    "10.9.0.7/24, 10.9.0.1",
    "10.9.0.255/24, 10.9.0.1",
    "200.1.2.3/8, 200.0.0.1",
    "10.9.0.7/32, 10.9.0.7",
    "10.9.0.7, 10.9.0.7",
    "2001:db8::/64, 2001:db8:0:0:0:0:0:1"
  })
  void theFirstAddressOfARange(String range, String first) {
    assertThat(Cidr.firstAddress(range)).isEqualTo(first);
  }
}
