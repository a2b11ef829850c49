package io.github.istioegress.maven.report;

import java.io.File;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Hands an answer out: to the file asked for, else text to the log, else standard output. */
public final class Delivered {

  private Delivered() {}

  /**
   * Hands it out.
   *
   * @param answer the answer
   * @param format its format, {@code text} or another
   * @param report the file to write; none for the log or standard output
   * @param log the log
   */
  public static void to(String answer, String format, @Nullable File report, Log log) {
    if (report != null) {
      new ReportFile(report.toPath()).write(answer);
      log.info("written to " + report);
    } else if (format.equals("text")) {
      answer.stripTrailing().lines().forEach(log::info);
    } else {
      System.out.println(answer.stripTrailing());
    }
  }
}
