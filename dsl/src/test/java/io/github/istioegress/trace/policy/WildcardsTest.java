package io.github.istioegress.trace.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {

  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, A, false",
    "a, ab, false",
    "a*, ab, true",
    "a*, a, true",
    "*b, ab, true",
    "*b, ba, false",
    "*, a, true",
    "*, '', false",
    "a*b, axb, false",
    "a*b, a*b, true",
  })
  void aStarAtTheBeginningOrTheEnd(String wanted, String value, boolean fits) {
    assertThat(Wildcards.fits(wanted, value)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "API.example.org, api.example.org, true",
    "api.example.org, API.EXAMPLE.org, true",
    "api.example.org, api.example.org:8080, false",
    "*.EXAMPLE.org, api.example.org, true",
    "*, '', true",
  })
  void hostsInAnyCase(String wanted, String host, boolean fits) {
    assertThat(Wildcards.fitsHost(wanted, host)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/{*}, /a/b, true",
    "/a/{*}, /a/, false",
    "/a/{*}, /a/b/c, false",
    "/a/{*}/c, /a/b/c, true",
    "/a/{**}, /a/, true",
    "/a/{**}, /a, false",
    "/a/{**}, /a/b/c, true",
    "/{*}/c.d/{**}, /b/c.d/e, true",
    "/{*}/c.d/{**}, /b/cxd/e, false",
    "/a/*, /a/b/c, true",
  })
  void templatesOfPaths(String wanted, String path, boolean fits) {
    assertThat(Wildcards.fitsPath(wanted, path)).isEqualTo(fits);
  }
}
