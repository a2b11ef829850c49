package io.github.istioegress.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingCodeTest {

  private static final Location PLACE = new Location("shop.yaml", 3, 1);

  static List<FindingCode> all() {
    return FindingCode.all();
  }

  @Test
  void numbersAreUsedOnce() {
    assertThat(FindingCode.all().stream().map(FindingCode::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("EGR[1-9]\\d\\d"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theTemplatesTakeTheirArguments(FindingCode code) {
    Finding finding = code.at(PLACE, "<a>", "<b>", "<c>", "<d>", "<e>", "<f>", "<g>", "<h>");
    assertThat(finding.code()).isSameAs(code);
    assertThat(finding.severity()).isSameAs(code.severity());
    assertThat(finding.message()).isNotBlank().doesNotContain("%").doesNotEndWith(".");
    assertThat(finding.remedy()).isNotBlank().doesNotContain("%").doesNotEndWith(".");
    assertThat(code.title()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aCodeIsFoundByItsText(FindingCode code) {
    assertThat(FindingCode.of(code.code())).containsSame(code);
  }

  @Test
  void whatIsNoCodeIsNotFound() {
    assertThat(FindingCode.of("EGR000")).isEmpty();
    assertThat(FindingCode.of("egr901")).isEmpty();
  }

  @Test
  void peopleReadCodeSeverityPlaceMessageAndRemedy() {
    assertThat(InputCode.REPEATED_KEY.at(PLACE, "hosts", 2))
        .hasToString(
            "EGR904 ERROR shop.yaml:3:1 The key hosts stands here and before at line 2. Keep one"
                + " of the two; the first was taken");
  }

  @Test
  void hostileTextReachesNoTerminalAndIsNoFlood() {
    Finding finding = InputCode.TAG.at(PLACE, "\u001b[31m" + "x".repeat(100_000));
    assertThat(finding.message()).contains("\\u001b[31m").hasSizeLessThan(4_000).contains("...");
  }

  @Test
  void onlyErrorsAreErrors() {
    assertThat(InputCode.TAG.at(PLACE, "!x").isError()).isTrue();
    assertThat(HygieneCode.UNKNOWN_FIELD.at(PLACE, "a", "b", "c", "d").isError()).isFalse();
  }

  @Test
  void placesAreWrittenAsEditorsOpenThem() {
    assertThat(PLACE).hasToString("shop.yaml:3:1");
    assertThat(Location.file("shop.yaml")).hasToString("shop.yaml");
  }

  @Test
  void linesAreNotNegative() {
    assertThatThrownBy(() -> new Location("shop.yaml", -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop.yaml");
  }
}
