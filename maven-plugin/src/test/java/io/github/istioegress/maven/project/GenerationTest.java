package io.github.istioegress.maven.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.istioegress.layout.Texts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GenerationTest {

  private static Generation of(Map<String, Object> answer) {
    return Generation.of(answer, new Texts());
  }

  @Test
  void errorsRefuse() {
    Generation generation = of(Map.of("errors", List.of("first", "second")));

    assertThat(generation.isEmpty()).isFalse();
    assertThatThrownBy(generation::orRefuse)
        .isInstanceOf(RefusedException.class)
        .hasMessage("2 errors, nothing written:%nfirst%nsecond".formatted());
  }

  @Test
  void aCallThatTakesAnotherWayRefuses() {
    Map<String, Object> call = Map.of("line", "http://a.example leaves directly", "ok", false);
    Generation generation = of(Map.of("definitions", List.of(Map.of("calls", List.of(call)))));

    assertThatThrownBy(generation::orRefuse)
        .hasMessage("1 error, nothing written:%nhttp://a.example leaves directly".formatted());
  }

  @Test
  void whatAnotherVersionDoesNotSayIsEmpty() {
    Generation generation = of(Map.of());

    assertThat(generation.isEmpty()).isTrue();
    assertThat(generation.orRefuse()).isSameAs(generation);
  }

  @Test
  void onlyAReleasedOtherVersionIsWorthALine() {
    assertThat(of(Map.of("version", "1.0")).isOfOtherVersion("1.1")).isTrue();
    assertThat(of(Map.of("version", "1.1")).isOfOtherVersion("1.1")).isFalse();
    assertThat(of(Map.of("version", "unreleased")).isOfOtherVersion("1.1")).isFalse();
  }
}
