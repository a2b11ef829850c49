package io.github.istioegress.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.finding.FindingCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No code without its page, a manifest in which it fires, and one in which it does not. */
class CatalogueTest {

  private static final Path PAGES = Path.of("src/main/resources/io/github/istioegress/finding");

  static List<FindingCode> codes() {
    return FindingCode.all();
  }

  static List<FindingCode> fixtured() {
    return FindingCode.all().stream().filter(c -> c.entry().unfixtured().isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("codes")
  void eachCodeHasAPageThatAgreesWithTheCatalogue(FindingCode code) {
    List<String> page = code.page().lines().toList();
    assertThat(page.get(0)).isEqualTo("# %s: %s".formatted(code.code(), code.title()));
    assertThat(page.get(2)).isEqualTo(head(code));
    assertThat(page).contains("## What you see", "## Wrong", "## Right");
    assertThat(code.page()).contains("```");
  }

  /** Severity, relatives, and why there is no fixture. */
  private static String head(FindingCode code) {
    String grave = code.severity().name().toLowerCase(Locale.ROOT);
    String like =
        code.entry().relatives().isEmpty()
            ? "neither istioctl analyze nor Kiali tells it"
            : "relatives: " + String.join(", ", code.entry().relatives());
    return "*%s%s; %s.%s*"
        .formatted(
            grave.substring(0, 1).toUpperCase(Locale.ROOT),
            grave.substring(1),
            like,
            code.entry().unfixtured().map(why -> " " + why + ".").orElse(""));
  }

  @ParameterizedTest
  @MethodSource("fixtured")
  void eachCodeHasAManifestInWhichItFires(FindingCode code) {
    assertThat(of(code)).anyMatch(f -> f.text().contains("# want") && wants(f, code));
  }

  @ParameterizedTest
  @MethodSource("fixtured")
  void eachCodeHasACleanManifest(FindingCode code) {
    assertThat(of(code)).anyMatch(f -> f.isClean() && f.wanted().isEmpty());
  }

  @Test
  void noFixtureIsOfACodeThatIsGone() {
    Set<String> codes = codes().stream().map(FindingCode::code).collect(Collectors.toSet());
    assertThat(Fixture.all().stream().map(Fixture::code)).isSubsetOf(codes);
  }

  @Test
  void noPageIsOfACodeThatIsGone() throws IOException {
    Set<String> codes = codes().stream().map(c -> c.code() + ".md").collect(Collectors.toSet());
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> String.valueOf(page.getFileName())))
          .containsExactlyInAnyOrderElementsOf(codes);
    }
  }

  private static List<Fixture> of(FindingCode code) {
    return Fixture.all().stream().filter(f -> f.code().equals(code.code())).toList();
  }

  private static boolean wants(Fixture fixture, FindingCode code) {
    return fixture.wanted().stream().anyMatch(line -> line.endsWith(code.code()));
  }
}
