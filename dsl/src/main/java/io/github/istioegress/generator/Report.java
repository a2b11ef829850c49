package io.github.istioegress.generator;

import io.github.istioegress.analysis.Suppressions;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.layout.PartRendering;
import io.github.istioegress.layout.RenderedFile;
import io.github.istioegress.manifest.RoundTrip;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.TraceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Counts what a generation yields, and hands its files on. */
final class Report implements Yield {

  /** As many calls as people read; all of them are traced. */
  private static final int CALLS = 50;

  private final String name;
  private final String className;
  private final BiConsumer<String, String> files;
  private final List<String> others;
  private final List<Map<String, Object>> calls = new ArrayList<>();
  private final RoundTrip roundTrip = new RoundTrip();
  private final Map<String, List<String>> homes = new TreeMap<>();
  private final Suppressions suppressions;
  private final List<Map<String, Object>> findings = new ArrayList<>();
  private int traced;

  Report(
      String name,
      String className,
      BiConsumer<String, String> files,
      List<String> others,
      Suppressions suppressions) {
    this.suppressions = suppressions;
    this.name = name;
    this.className = className;
    this.files = files;
    this.others = others;
  }

  @Override
  public void file(RenderedFile file) {
    files.accept(file.path(), file.text());
    homes.put(file.path(), file.homes().stream().sorted().toList());
  }

  @Override
  public void other(String path) {
    others.add(path);
  }

  @Override
  public ResourceSet read(String folder, List<PartRendering.Document> documents) {
    ResourceSet.Builder read = ResourceSet.builder();
    for (PartRendering.Document one : documents) {
      roundTrip.check(one.resource(), folder + "/" + one.path(), one.text());
      read.add(one.resource());
    }
    return read.build();
  }

  @Override
  public void part(ResourceSet read) {
    // Counted where it is rendered.
  }

  @Override
  public void call(DeclaredCall call) {
    traced++;
    if (calls.size() < CALLS) {
      calls.add(
          Map.of(
              "line", TraceText.line(call.trace()),
              "ok", call.isAsSaid(),
              "from", call.namespace(),
              "to", call.trace().call().url()));
    }
  }

  @Override
  public void finding(Finding finding) {
    if (!suppressions.apply(List.of(finding)).isEmpty()) {
      // Where it stands is the Java line: nothing is written yet.
      findings.add(
          Map.of(
              "severity",
              finding.severity().name(),
              "line",
              "%s %s, said at %s: %s. %s"
                  .formatted(
                      finding.code().code(),
                      finding.resource().map(Subject::toString).orElse(name),
                      finding.definition().isEmpty() ? className : finding.definition(),
                      finding.message(),
                      finding.remedy())));
    }
  }

  /** How many calls were traced. */
  int traced() {
    return traced;
  }

  /** What became of the definition, in types of the JDK; it has so many resources. */
  Map<String, Object> table(int resources, List<Map<String, String>> tenants) {
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("name", name);
    table.put("className", className);
    table.put("resources", resources);
    table.put("traced", traced);
    table.put("calls", calls);
    table.put("findings", findings);
    table.put("tenants", tenants);
    table.put("homes", homes);
    return table;
  }
}
