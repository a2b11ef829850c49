package io.github.istioegress.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.finding.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextCheckTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a: b\r\n\tc", "ümlaut 日本 😀", "\u0085\u00a0\u2028"})
  void text(String text) {
    assertThat(TextCheck.check(new SourceFile("f", text), text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,U+0000", "7,U+0007", "27,U+001B", "127,U+007F", "65533,U+FFFD", "55296,U+D800"})
  void noText(int character, String shown) {
    String text = "a: 😀\nb: " + (char) character;
    assertThat(TextCheck.check(new SourceFile("f", text), text))
        .hasValueSatisfying(
            finding -> {
              assertThat(finding.location()).isEqualTo(new Location("f", 2, 4));
              assertThat(finding.message()).contains(shown);
            });
  }

  @Test
  void theMarkOfSomeEditorsIsNoText() {
    assertThat(TextCheck.withoutMark("\uFEFFa")).isEqualTo("a");
    assertThat(TextCheck.withoutMark("a\uFEFF")).isEqualTo("a\uFEFF");
    assertThat(TextCheck.withoutMark("")).isEmpty();
  }
}
