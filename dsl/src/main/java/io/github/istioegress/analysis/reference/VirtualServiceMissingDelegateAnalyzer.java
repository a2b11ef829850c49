package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.Delegate;
import io.fabric8.istio.api.api.networking.v1alpha3.VirtualService;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.trace.registry.ExportTo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** EGR116: a route delegates to a VirtualService that is not there, or that it does not see. */
final class VirtualServiceMissingDelegateAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, Manifest<VirtualService>> byName = new HashMap<>();
    Set<String> shown = new HashSet<>();
    for (Manifest<VirtualService> rule : context.virtualServices()) {
      byName.put(rule.namespace() + "/" + rule.name(), rule);
      shown.add(rule.namespace());
    }
    for (Manifest<VirtualService> rule : context.virtualServices()) {
      for (int i = 0; i < rule.spec().getHttp().size(); i++) {
        Delegate delegate = rule.spec().getHttp().get(i).getDelegate();
        if (delegate == null || delegate.getName() == null) {
          continue;
        }
        String said = delegate.getNamespace();
        String namespace = said == null || said.isEmpty() ? rule.namespace() : said;
        Manifest<VirtualService> there = byName.get(namespace + "/" + delegate.getName());
        String why =
            there == null
                ? shown.contains(namespace) ? "which is not there" : ""
                : isSeen(context, there, rule.namespace())
                    ? ""
                    : "which is not exported to " + rule.namespace();
        if (!why.isEmpty()) {
          out.accept(
              rule.finding(
                  ReferenceCode.MIRROR_OR_DELEGATE_NOT_FOUND,
                  "spec.http[" + i + "].delegate",
                  rule.key(),
                  "calls to delegate %s/%s".formatted(namespace, delegate.getName()),
                  why,
                  there == null
                      ? "Add the VirtualService, without hosts, or delegate to one that is there"
                      : "Export it to " + rule.namespace()));
        }
      }
    }
  }

  private static boolean isSeen(
      AnalysisContext context, Manifest<VirtualService> delegate, String namespace) {
    return ExportTo.visible(
        ExportTo.effective(
            delegate.spec().getExportTo(),
            context.model().config().exportDefaults().virtualServices()),
        delegate.namespace(),
        namespace);
  }
}
