package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextStyleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a\n", "a\nb", "a\nb\n", "a\n\nb", "a\n  b\n", "# a\nb", "---\na", "a: b\n- c\n"})
  void readableLinesAreABlock(String text) {
    assertThat(TextStyle.isBlock(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "\n",
        "\na",
        " a\nb",
        "a \nb",
        "a\nb ",
        "a\n \nb",
        "a\n\n",
        "a\tb\n",
        "a\r\nb",
        "é\nb",
        "a\nb\u0000",
        "a\u2028b\n",
        "\ta\nb"
      })
  void linesThatReadersMightChangeAreNot(String text) {
    assertThat(TextStyle.isBlock(text)).isFalse();
  }

  @Test
  void ordinaryTextStandsBare() {
    assertThat(TextStyle.inline("edition.cnn.com")).isEqualTo("edition.cnn.com");
  }

  @Test
  void whatIsNotSeenIsEscaped() {
    assertThat(TextStyle.inline("a\"b\\c\nd\te\r")).isEqualTo("\"a\\\"b\\\\c\\nd\\te\\r\"");
    assertThat(TextStyle.inline("\u0000\u001b\u007f\u0085"))
        .isEqualTo(quoted("0000 001b 007f 0085"));
    assertThat(TextStyle.inline("\u00a0\u00ad\u2028\u202e"))
        .isEqualTo(quoted("00a0 00ad 2028 202e"));
    assertThat(TextStyle.inline("\ufeff\ufffe\u200b\u061c"))
        .isEqualTo(quoted("feff fffe 200b 061c"));
  }

  private static String quoted(String hex) {
    return "\"\\u" + hex.replace(" ", "\\u") + "\"";
  }

  @Test
  void whatIsSeenStaysReadable() {
    assertThat(TextStyle.inline("Grüße 日本")).isEqualTo("\"Grüße 日本\"");
    assertThat(TextStyle.inline("😀")).isEqualTo("\"\\U0001f600\"");
  }

  @Test
  void halfACharacterIsRefused() {
    assertThatThrownBy(() -> TextStyle.inline("a\udc00b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("U+DC00");
  }
}
