package io.github.istioegress.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.finding.Finding;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In each fixture exactly the wanted is found, so that each shows of all other codes silence. */
class FixturesTest {

  static List<Fixture> all() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void exactlyTheWantedIsFoundOnTheWantedLines(Fixture fixture) {
    List<Finding> found = fixture.found();
    assertThat(found.stream().map(one -> one.location().line() + " " + one.code().code()))
        .as("%s", found)
        .containsExactlyInAnyOrderElementsOf(fixture.wanted());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aFindingSaysResourceFieldAndRemedyInPlainSentences(Fixture fixture) {
    for (Finding finding : fixture.found()) {
      assertThat(finding.message()).isNotBlank().doesNotEndWith(".").doesNotContain("null", "[]");
      assertThat(finding.remedy()).isNotBlank().doesNotEndWith(".").doesNotContain("null", "[]");
      assertThat(finding.resource()).as("%s", finding).isPresent();
    }
  }
}
