package io.github.istioegress.analysis.host;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HostCode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** EGR603: a list of hosts has one of them twice, in other letters or with a final dot. */
final class RepeatedHostAnalyzer implements Analyzer {

  private static final Set<HostField.Place> LISTS =
      EnumSet.of(HostField.Place.ENTRY, HostField.Place.ROUTE, HostField.Place.SERVER);

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, String> first = new HashMap<>();
    for (HostField field : HostField.of(context)) {
      if (!LISTS.contains(field.place())) {
        continue;
      }
      String list = field.path().substring(0, field.path().lastIndexOf('['));
      // A server may have one host for two namespaces.
      String host = field.said().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
      String key = field.manifest().key() + " " + list + " " + host;
      String there = first.putIfAbsent(key, field.host());
      if (there != null) {
        out.accept(
            field
                .manifest()
                .finding(
                    HostCode.REPEATED, field.path(), field.manifest().key(), field.host(), there));
      }
    }
  }
}
