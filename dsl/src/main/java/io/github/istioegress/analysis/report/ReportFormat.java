package io.github.istioegress.analysis.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of findings, by the names that a user says. */
public enum ReportFormat {
  /** For people. */
  TEXT {
    @Override
    public String render(FindingReport report, TextStyle style) {
      return FindingText.of(report, style);
    }
  },
  /** For tools that know us. */
  JSON {
    @Override
    public String render(FindingReport report, TextStyle style) {
      return FindingJson.of(report);
    }
  },
  /** For code scanning. */
  SARIF {
    @Override
    public String render(FindingReport report, TextStyle style) {
      return FindingSarif.of(report);
    }
  },
  /** For servers that show test runs. */
  JUNIT {
    @Override
    public String render(FindingReport report, TextStyle style) {
      return FindingJUnit.of(report);
    }
  },
  /** For the log of a workflow of GitHub. */
  GITHUB {
    @Override
    public String render(FindingReport report, TextStyle style) {
      return FindingGitHub.of(report);
    }
  };

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException when there is none of the name
   */
  public static ReportFormat named(String name) {
    return Arrays.stream(values())
        .filter(format -> format.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "istio-egress.format is '%s': say %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(ReportFormat::text)
                                .collect(Collectors.joining(", ")))));
  }

  /** The name as a user says it, {@code json}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Findings in this format; they end with a newline.
   *
   * @param style how parts stand out, in text
   */
  public abstract String render(FindingReport report, TextStyle style);
}
