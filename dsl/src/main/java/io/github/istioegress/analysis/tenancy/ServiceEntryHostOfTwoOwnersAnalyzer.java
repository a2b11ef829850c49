package io.github.istioegress.analysis.tenancy;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.TenancyCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * EGR503 and EGR516: a host that two namespaces declare, and that proxies of a third see from both.
 * They take the older entry, so what they do hangs on which was made first.
 */
final class ServiceEntryHostOfTwoOwnersAnalyzer implements Analyzer {

  private static final String ALL = "*";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    EntryOfHost.shared(context).values().forEach(entries -> judge(entries, out));
  }

  /** Each entry is held against the first that its viewers see, never against all others. */
  private static void judge(List<EntryOfHost> entries, Consumer<Finding> out) {
    Map<String, EntryOfHost> firstSeenBy = new HashMap<>();
    for (EntryOfHost one : entries) {
      Set<String> viewers = new TreeSet<>(one.seenBy());
      viewers.remove(one.entry().namespace());
      for (String viewer : viewers) {
        Optional<EntryOfHost> first =
            Optional.ofNullable(firstSeenBy.get(viewer))
                .or(() -> Optional.ofNullable(firstSeenBy.get(ALL)))
                .filter(other -> !other.entry().namespace().equals(viewer))
                .filter(other -> !other.entry().namespace().equals(one.entry().namespace()));
        if (first.isPresent() && differ(one, first.get(), viewer, out)) {
          break;
        }
      }
      viewers.forEach(viewer -> firstSeenBy.putIfAbsent(viewer, one));
    }
  }

  private static boolean differ(
      EntryOfHost one, EntryOfHost other, String viewer, Consumer<Finding> out) {
    Map<Integer, String> ports = one.ports();
    Map<Integer, String> others = other.ports();
    Set<Integer> both = new TreeSet<>(ports.keySet());
    both.retainAll(others.keySet());
    String seen = viewer.equals(ALL) ? "every other namespace" : "namespace " + viewer;
    for (int port : both) {
      String mine = ports.get(port) + ", " + one.way();
      String its = others.get(port) + ", " + other.way();
      if (!mine.equals(its)) {
        tell(one, other, TenancyCode.HOST_OF_TWO_OWNERS, port, mine, its, seen, out);
        return true;
      }
    }
    if (!ports.keySet().equals(others.keySet())) {
      tell(
          one,
          other,
          TenancyCode.OWNER_BY_AGE,
          one.host(),
          "ports " + ports.keySet(),
          "ports " + others.keySet(),
          seen,
          out);
      return true;
    }
    return false;
  }

  private static void tell(
      EntryOfHost one,
      EntryOfHost other,
      TenancyCode code,
      Object what,
      String mine,
      String its,
      String seen,
      Consumer<Finding> out) {
    int index = one.entry().spec().getHosts().indexOf(one.host());
    out.accept(
        one.entry()
            .finding(
                code,
                "spec.hosts[" + Math.max(0, index) + "]",
                one.entry().key(),
                one.host(),
                other.entry().key(),
                mine,
                its,
                seen,
                what)
            .related(List.of(Manifest.subject(other.entry().key()))));
  }
}
