package io.github.istioegress.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostMatchTest {

  @ParameterizedTest
  @CsvSource({
    "a.example,a.example,true",
    "a.example,b.example,false",
    "a.example,*.example,true",
    "a.b.example,*.example,true",
    "example,*.example,false",
    "a.example,*,true",
    "*,*,true",
    "*.example,*.a.example,true",
    "*.a.example,*.b.example,false",
    "*.example,*.other,false",
    "a.example,*.a.example,false",
    "xa.example,*a.example,true"
  })
  void namesOverlapWhereSomeNameFitsBoth(String one, String other, boolean overlap) {
    assertThat(HostMatch.overlap(one, other)).isEqualTo(overlap);
    assertThat(HostMatch.overlap(other, one)).isEqualTo(overlap);
  }

  @ParameterizedTest
  @CsvSource({
    "a.example,a.example,true",
    "a.example,*.example,true",
    "*.example,a.example,false",
    "*.a.example,*.example,true",
    "*.example,*.a.example,false",
    "*.example,*.example,true",
    "*.example,*,true",
    "*,*.example,false",
    "example,*.example,false",
    "a.example,b.example,false"
  })
  void aNameIsCoveredWhereAllOfItFits(String host, String by, boolean covered) {
    assertThat(HostMatch.covered(host, by)).isEqualTo(covered);
  }

  @Test
  void theHostItselfFitsBestThenTheLongestWildcard() {
    Map<String, Integer> entries =
        Map.of("*", 1, "*.example", 2, "*.a.example", 3, "x.a.example", 4);
    assertThat(HostMatch.mostSpecific("x.a.example", entries)).contains(4);
    assertThat(HostMatch.mostSpecific("y.a.example", entries)).contains(3);
    assertThat(HostMatch.mostSpecific("b.example", entries)).contains(2);
    assertThat(HostMatch.mostSpecific("example", entries)).contains(1);
    assertThat(HostMatch.mostSpecific("other", entries)).contains(1);
    assertThat(HostMatch.mostSpecific("*.a.example", entries)).contains(3);
    assertThat(HostMatch.mostSpecific("*.b.a.example", entries)).contains(3);
    assertThat(HostMatch.mostSpecific("*.other", entries)).contains(1);
  }

  @Test
  void nothingFitsWhereNothingIs() {
    assertThat(HostMatch.mostSpecific("a.example", Map.of())).isEmpty();
    assertThat(HostMatch.mostSpecific("a.example", Map.of("*.other", 1))).isEmpty();
    assertThat(HostMatch.mostSpecific("*.example", Map.of("a.example", 1))).isEmpty();
  }

  @Test
  void aWildcardBeginsWithAStar() {
    assertThat(HostMatch.isWildcard("*")).isTrue();
    assertThat(HostMatch.isWildcard("*.example")).isTrue();
    assertThat(HostMatch.isWildcard("a.*.example")).isFalse();
  }

  @Provide
  Arbitrary<String> hosts() {
    Arbitrary<String> label = Arbitraries.of("a", "b", "ab");
    Arbitrary<String> name = label.list().ofMinSize(1).ofMaxSize(3).map(l -> String.join(".", l));
    return Arbitraries.oneOf(name, name.map(n -> "*." + n), Arbitraries.just("*"));
  }

  @Property(tries = 500)
  void overlapAsksNoOrder(@ForAll("hosts") String one, @ForAll("hosts") String other) {
    assertThat(HostMatch.overlap(one, other)).isEqualTo(HostMatch.overlap(other, one));
  }

  @Property(tries = 500)
  void whatIsCoveredOverlaps(@ForAll("hosts") String one, @ForAll("hosts") String other) {
    if (HostMatch.covered(one, other)) {
      assertThat(HostMatch.overlap(one, other)).isTrue();
    }
    if (HostMatch.covered(one, other) && HostMatch.covered(other, one)) {
      assertThat(one).isEqualTo(other);
    }
  }

  @Property(tries = 500)
  void theBestFitCoversTheHost(@ForAll("hosts") String host, @ForAll("hosts") String entry) {
    assertThat(HostMatch.mostSpecific(host, Map.of(entry, entry)).isPresent())
        .isEqualTo(HostMatch.covered(host, entry));
  }
}
