package io.github.istioegress.maven.input;

import io.github.istioegress.analysis.report.FindingReport;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.maven.project.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to become of findings.
 *
 * @param failOn how grave one is that fails the build; empty for never
 */
public record FindingOptions(Optional<Severity> failOn) {

  /**
   * Reads what was said in the pom or on the command line.
   *
   * @throws RefusedException when a word is not known, naming the property
   */
  public static FindingOptions parse(String failOn) {
    return switch (failOn.strip().toLowerCase(Locale.ROOT)) {
      case "error" -> new FindingOptions(Optional.of(Severity.ERROR));
      case "warning" -> new FindingOptions(Optional.of(Severity.WARNING));
      case "never" -> new FindingOptions(Optional.empty());
      default ->
          throw new RefusedException(
              "istio-egress.failOn is '%s': say error, warning or never".formatted(failOn));
    };
  }

  /**
   * Stops where a finding is as grave as was said.
   *
   * @throws RefusedException when there is one
   */
  public void orRefuse(List<FindingReport> reports) {
    orRefuse(
        reports.stream().mapToLong(report -> report.count(Severity.ERROR)).sum(),
        reports.stream().mapToLong(report -> report.count(Severity.WARNING)).sum());
  }

  /**
   * Stops where so many findings are too many.
   *
   * @throws RefusedException when they are
   */
  public void orRefuse(long errors, long warnings) {
    boolean atWarnings = failOn.filter(Severity.WARNING::equals).isPresent();
    if (failOn.isPresent() && errors + (atWarnings ? warnings : 0) > 0) {
      throw new RefusedException(
          "%s %s and %s %s: mvn istio-egress:explain -Distio-egress.code=<code> says what one means"
              .formatted(
                  errors,
                  errors == 1 ? "error" : "errors",
                  warnings,
                  warnings == 1 ? "warning" : "warnings"));
    }
  }
}
