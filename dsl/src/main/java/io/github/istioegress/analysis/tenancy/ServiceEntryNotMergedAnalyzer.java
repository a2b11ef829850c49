package io.github.istioegress.analysis.tenancy;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.TenancyCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** EGR519: two ServiceEntries of one host in one namespace that Istio does not make one service. */
final class ServiceEntryNotMergedAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (List<EntryOfHost> entries : EntryOfHost.shared(context).values()) {
      Map<String, EntryOfHost> first = new HashMap<>();
      for (EntryOfHost one : entries) {
        EntryOfHost other = first.putIfAbsent(one.entry().namespace(), one);
        if (other != null) {
          difference(one, other).ifPresent(field -> tell(one, other, field, out));
        }
      }
    }
  }

  /** The first of the fields that have to be equal and are not, as Istio compares them. */
  private static Optional<String> difference(EntryOfHost one, EntryOfHost other) {
    Map<String, Object> mine = identity(one);
    Map<String, Object> its = identity(other);
    return mine.keySet().stream()
        .filter(field -> !Objects.equals(mine.get(field), its.get(field)))
        .findFirst();
  }

  private static Map<String, Object> identity(EntryOfHost one) {
    Map<String, Object> identity = new TreeMap<>();
    identity.put("spec.resolution", String.valueOf(one.entry().spec().getResolution()));
    identity.put("spec.exportTo", one.entry().spec().getExportTo());
    identity.put(
        "metadata.labels",
        Objects.requireNonNullElse(
            one.entry().resource().object().getMetadata().getLabels(), Map.of()));
    identity.put(
        "spec.workloadSelector",
        one.entry().spec().getWorkloadSelector() == null
            ? Map.of()
            : Objects.requireNonNullElse(
                one.entry().spec().getWorkloadSelector().getLabels(), Map.of()));
    return identity;
  }

  private static void tell(
      EntryOfHost one, EntryOfHost other, String field, Consumer<Finding> out) {
    int index = one.entry().spec().getHosts().indexOf(one.host());
    out.accept(
        one.entry()
            .finding(
                TenancyCode.ENTRIES_NOT_MERGED,
                "spec.hosts[" + Math.max(0, index) + "]",
                one.entry().key(),
                one.host(),
                other.entry().key(),
                field)
            .related(List.of(Manifest.subject(other.entry().key()))));
  }
}
