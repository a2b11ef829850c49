package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expectations are what sigs.k8s.io/yaml 1.6.0 answers. */
class PlainScalarTest {

  @ParameterizedTest
  @CsvSource({
    "80,80",
    "-1,-1",
    "+12,12",
    "0,0",
    "0644,420",
    "0o14,12",
    "0x1F,31",
    "-0b11,-3",
    "1_000,1000",
    "08,8",
    "9223372036854775808,9223372036854775808"
  })
  void integers(String text, String value) {
    JsonNode read = PlainScalar.read(text);
    assertThat(read.isNumber()).isTrue();
    assertThat(read.decimalValue()).isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @CsvSource({"1.5,1.5", ".5,0.5", "1.,1", "1e3,1000", "-2.5E-1,-0.25"})
  void decimals(String text, String value) {
    assertThat(PlainScalar.read(text).decimalValue()).isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1.2.3.4",
        "10s",
        "1:20",
        "2026-01-01",
        "-",
        "+",
        ".",
        "0x",
        "0xg",
        "0b",
        "1e9999",
        "--1",
        "0x-1",
        "..",
        "1.31.2",
        "tRUE",
        "nULL",
        "=",
        "1__a"
      })
  void strings(String text) {
    assertThat(PlainScalar.read(text).isTextual()).isTrue();
    assertThat(PlainScalar.read(text).asText()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON"})
  void yes(String text) {
    assertThat(PlainScalar.read(text).isBoolean()).isTrue();
    assertThat(PlainScalar.read(text).booleanValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "False", "FALSE", "n", "N", "no", "No", "NO", "off", "OFF"})
  void no(String text) {
    assertThat(PlainScalar.read(text).isBoolean()).isTrue();
    assertThat(PlainScalar.read(text).booleanValue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void nothing(String text) {
    assertThat(PlainScalar.read(text).isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "80", "0x1F", "0644", "a", "", "10s", "2026-01-01", "a_b", "-"})
  void readersAgree(String text) {
    assertThat(PlainScalar.isAmbiguous(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "y", "No", "0o14", "0b1", "1_0", "1:20", "1:20:30.5", "="})
  void readersDiffer(String text) {
    assertThat(PlainScalar.isAmbiguous(text)).isTrue();
  }

  @Test
  void aVeryLongNumberIsNoNumber() {
    assertThat(PlainScalar.read("9".repeat(10_000)).isTextual()).isTrue();
  }
}
