package io.github.istioegress.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.finding.FindingCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The index of all codes is made of the catalogue: {@code mvn test -pl dsl -Dtest=FindingsPageTest
 * -Dfindings.update=true} writes it.
 */
class FindingsPageTest {

  private static final Path PAGE = Path.of("../docs/findings.md");

  private static final Map<Character, String> FAMILIES =
      new TreeMap<>(
          Map.of(
              '1', "Names that lead to nothing",
              '2', "Protocols, ports and TLS that do not fit",
              '3', "Routes that lead elsewhere",
              '4', "Ways around the gateway",
              '5', "What one tenant does to another",
              '6', "Hosts and addresses",
              '7', "Leftovers, versions and names",
              '8', "The Gateway API and ambient mode",
              '9', "What is read and written"));

  @Test
  void theIndexIsThatOfTheCatalogue() throws IOException {
    String page = page();
    if (Boolean.getBoolean("findings.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Findings

            What `analyze`, `generate` and `check` may say, by number. `mvn istio-egress:explain -Distio-egress.code=EGR401` prints the page of a code: what it means, what one
            would see, wrong and right. The third column has the codes of `istioctl analyze` (IST) and Kiali (KIA) that say something of it. Where a number is marked, no manifest shows it by
            itself, and its page says why.
            """);
    Map<Character, List<FindingCode>> byFamily =
        FindingCode.all().stream()
            .collect(
                Collectors.groupingBy(
                    code -> code.code().charAt(3), TreeMap::new, Collectors.toList()));
    FAMILIES.forEach(
        (digit, title) -> {
          List<FindingCode> codes = byFamily.getOrDefault(digit, List.of());
          page.append("\n## %sxx: %s\n\n".formatted(digit, title));
          page.append("| code | severity | relatives | what |\n|---|---|---|---|\n");
          codes.forEach(code -> page.append(row(code)));
        });
    return page.toString();
  }

  private static String row(FindingCode code) {
    return "| [%s](../dsl/src/main/resources/io/github/istioegress/finding/%s.md)%s | %s | %s | %s |\n"
        .formatted(
            code.code(),
            code.code(),
            code.entry().unfixtured().isPresent() ? " *" : "",
            code.severity().name().toLowerCase(Locale.ROOT),
            String.join(", ", code.entry().relatives()),
            code.title());
  }
}
