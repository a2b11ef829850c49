package io.github.istioegress.maven.report;

import io.github.istioegress.analysis.report.FindingReport;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.importer.Imported;
import io.github.istioegress.maven.source.WrittenClass;
import java.util.ArrayList;
import java.util.List;

/** What an import says of itself: what is proved, what is not, and what it noticed. */
public final class ImportReport {

  private ImportReport() {}

  /**
   * The lines of the report.
   *
   * @param compiled true where the Java was compiled and asked, too
   */
  public static List<String> lines(
      Imported imported, List<WrittenClass> written, boolean compiled, FindingReport noticed) {
    List<String> lines = new ArrayList<>();
    long definitions = written.stream().filter(one -> one.plan().isPresent()).count();
    int all = imported.proved().size() + imported.leftOvers().size();
    lines.add(
        "recognized: %s in %s"
            .formatted(
                count(imported.sentences(), "sentence"), count((int) definitions, "definition")));
    lines.add(
        "proved: %s of %s, expanded again and compared, equal"
            .formatted(imported.proved().size(), count(all, "document")));
    imported.proved().forEach(one -> lines.add("  " + one));
    lines.add(
        compiled
            ? "the Java was compiled, with every warning an error, and says the same"
            : "the Java was not compiled, for this Maven runs without a compiler: run it on a JDK");
    section(lines, "yielded besides, for the input does not show them", imported.added());
    section(
        lines,
        "left over, nothing is claimed for them: keep these documents",
        imported.leftOvers().stream().map(Object::toString).toList());
    section(
        lines,
        "labels and annotations that their tools write again, in no definition",
        imported.books());
    if (imported.skippedDocuments() > 0) {
      lines.add(
          "%s no resource, such as Helm values, and was not looked at"
              .formatted(
                  imported.skippedDocuments() == 1
                      ? "1 document is"
                      : imported.skippedDocuments() + " documents are"));
    }
    section(
        lines, "noticed in the input", noticed.findings().stream().map(Finding::toString).toList());
    return List.copyOf(lines);
  }

  private static void section(List<String> lines, String title, List<String> inside) {
    if (!inside.isEmpty()) {
      lines.add("%s (%s):".formatted(title, inside.size()));
      inside.forEach(one -> lines.add("  " + one));
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
