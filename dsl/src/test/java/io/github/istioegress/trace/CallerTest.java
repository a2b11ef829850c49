package io.github.istioegress.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers as the command line says them. */
final class CallerTest {

  @Test
  void aNamespaceAlone() {
    assertThat(Caller.parse("shop")).isEqualTo(Caller.in("shop"));
  }

  @Test
  void withLabels() {
    assertThat(Caller.parse(" shop/app=sleep, tier = web,empty="))
        .isEqualTo(
            new Caller("shop", Map.of("app", "sleep", "tier", "web", "empty", ""), "default"));
  }

  @Test
  void aValueMayHoldASlash() {
    assertThat(Caller.parse("shop/example.org/app=sleep").labels())
        .containsEntry("example.org/app", "sleep");
  }

  @ParameterizedTest
  @CsvSource({"shop/app, app", "shop/, ''", "'shop/app=sleep,', ''", "shop/=sleep, =sleep"})
  void aLabelWithoutValueIsRefused(String text, String pair) {
    assertThatThrownBy(() -> Caller.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "caller '%s' is not of the form namespace/key=value,key=value: '%s' has no value"
                .formatted(text, pair));
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "/app=sleep"})
  void noNamespaceIsRefused(String text) {
    assertThatThrownBy(() -> Caller.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "caller '%s' names no namespace: write namespace or namespace/key=value"
                .formatted(text));
  }
}
