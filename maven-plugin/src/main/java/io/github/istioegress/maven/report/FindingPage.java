package io.github.istioegress.maven.report;

import io.github.istioegress.finding.FindingCode;
import io.github.istioegress.maven.project.RefusedException;
import java.util.Locale;

/** What is known of a finding code. */
public final class FindingPage {

  private FindingPage() {}

  /**
   * The text for people.
   *
   * @param code {@code EGR101}, in any case
   * @throws RefusedException when there is no such code
   */
  public static String of(String code) {
    return FindingCode.of(code.strip().toUpperCase(Locale.ROOT))
        .map(FindingCode::page)
        .orElseThrow(
            () ->
                new RefusedException(
                    "there is no finding code %s: codes are EGR and three digits, as in EGR904"
                        .formatted(code)));
  }
}
