package io.github.istioegress.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IstioVersionTest {

  static Stream<IstioVersion> all() {
    return IntStream.rangeClosed(7, 31).mapToObj(minor -> IstioVersion.of(1, minor));
  }

  @ParameterizedTest
  @CsvSource({"1.7,7", "1.31,31", "1.31.2,31", "1.22.0-rc.1,22", "' 1.30 ',30", "1.9.10+solo,9"})
  void aVersionIsReadAsPeopleWriteIt(String text, int minor) {
    assertThat(IstioVersion.parse(text)).isEqualTo(IstioVersion.of(1, minor));
  }

  @ParameterizedTest
  @MethodSource("all")
  void itIsWrittenAsIstioWritesIt(IstioVersion version) {
    assertThat(version.toString()).isEqualTo("1." + version.minor());
    assertThat(IstioVersion.parse(version.toString())).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "v1.31", "1.31.", "latest", "1.31-rc", "1,31", "1.x", "-1.31"})
  void anythingElseIsRefusedWithTheForm(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IstioVersion.parse(text))
        .withMessage("Istio version '" + text + "' is not of the form 1.31: name major and minor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.6", "1.32", "0.8", "2.0", "1.131", "1.0"})
  void aReleaseThatIsNoTargetIsRefusedWithTheTargets(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IstioVersion.parse(text))
        .withMessage("Istio version " + text + " is not known: targets are 1.7 to 1.31");
  }

  @Test
  void releasesAreOrderedByNumberNotByText() {
    assertThat(all().sorted()).containsExactlyElementsOf(all().toList());
    assertThat(IstioVersion.of(1, 9)).isLessThan(IstioVersion.of(1, 10));
  }

  @Test
  void atLeastIsTrueForItselfAndNewer() {
    assertThat(IstioVersion.V1_22.atLeast(IstioVersion.V1_22)).isTrue();
    assertThat(IstioVersion.V1_31.atLeast(IstioVersion.V1_22)).isTrue();
    assertThat(IstioVersion.V1_7.atLeast(IstioVersion.V1_22)).isFalse();
  }

  @Test
  void theConstantsAreWhatTheirNamesSay() {
    assertThat(
            Stream.of(
                IstioVersion.V1_7, IstioVersion.V1_22, IstioVersion.V1_30, IstioVersion.V1_31))
        .extracting(IstioVersion::toString)
        .containsExactly("1.7", "1.22", "1.30", "1.31");
  }
}
