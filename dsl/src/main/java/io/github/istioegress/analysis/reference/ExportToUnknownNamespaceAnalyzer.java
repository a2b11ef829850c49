package io.github.istioegress.analysis.reference;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** EGR111: a resource is exported to a namespace that is not there. */
final class ExportToUnknownNamespaceAnalyzer implements Analyzer {

  private static final Set<String> WORDS = Set.of("*", ".", "~");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, String> nearest = new HashMap<>();
    judge(context, context.serviceEntries(), spec -> spec.getExportTo(), nearest, out);
    judge(context, context.virtualServices(), spec -> spec.getExportTo(), nearest, out);
    judge(context, context.destinationRules(), spec -> spec.getExportTo(), nearest, out);
  }

  private static <S> void judge(
      AnalysisContext context,
      List<Manifest<S>> manifests,
      Function<S, List<String>> exportTo,
      Map<String, String> nearest,
      Consumer<Finding> out) {
    for (Manifest<S> manifest : manifests) {
      List<String> namespaces = exportTo.apply(manifest.spec());
      for (int i = 0; i < namespaces.size(); i++) {
        String namespace = namespaces.get(i);
        if (WORDS.contains(namespace) || context.knows().namespace(namespace)) {
          continue;
        }
        String near =
            nearest.computeIfAbsent(
                namespace, n -> NearMiss.of(n, context.knows().shownNamespaces()).orElse(""));
        if (!near.isEmpty() || context.knows().namespaces()) {
          out.accept(
              manifest.finding(
                  ReferenceCode.EXPORTED_TO_NOBODY,
                  "spec.exportTo[" + i + "]",
                  manifest.key(),
                  namespace,
                  near.isEmpty()
                      ? "Export it to a namespace that is there, or add the Namespace"
                      : "Write %s".formatted(near)));
        }
      }
    }
  }
}
