package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** EGR210: one host and port is declared with two protocols, and a proxy sees both. */
final class ProtocolConflictAnalyzer implements Analyzer {

  private static final int MOST_CALLERS = 5;

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, DeclaredPort> oldest = new HashMap<>();
    Map<String, Caller> callers = context.traffic().callers();
    for (RegistryService service : context.model().registry().all()) {
      if (service.kubernetes()) {
        continue;
      }
      for (ServicePort port : service.ports()) {
        DeclaredPort younger = new DeclaredPort(service, port);
        String key = service.hostname() + ":" + port.number();
        DeclaredPort older = oldest.putIfAbsent(key, younger);
        // A port said twice in one entry is told by EGR222.
        if (older != null
            && !older.kind().equals(younger.kind())
            && !older.service().source().key().equals(service.source().key())) {
          judge(context, callers, older, younger).ifPresent(out);
        }
      }
    }
  }

  private static Optional<Finding> judge(
      AnalysisContext context,
      Map<String, Caller> callers,
      DeclaredPort older,
      DeclaredPort younger) {
    List<Caller> seers =
        Stream.concat(
                Stream.of(younger.service().namespace(), older.service().namespace())
                    .flatMap(namespace -> Optional.ofNullable(callers.get(namespace)).stream()),
                callers.values().stream())
            .distinct()
            .filter(pod -> sees(context, pod, older) && sees(context, pod, younger))
            .limit(MOST_CALLERS)
            .toList();
    if (seers.isEmpty()) {
      return Optional.empty();
    }
    boolean together = older.service().namespace().equals(younger.service().namespace());
    Optional<Trace> fails =
        seers.stream()
            .flatMap(pod -> calls(pod, older, younger))
            .map(context::trace)
            .filter(trace -> trace.outcome() != Outcome.EXTERNAL)
            .filter(trace -> trace.outcome() != Outcome.MESH)
            .findFirst();
    return together || fails.isPresent()
        ? Optional.of(
            finding(older, younger).tracedAs(fails.map(AnalysisContext::shortly).orElse("")))
        : Optional.empty();
  }

  private static boolean sees(AnalysisContext context, Caller pod, DeclaredPort declared) {
    return context.model().registry().isVisible(declared.service(), pod.namespace());
  }

  /** Who has an entry of the host in the own namespace speaks as that entry says. */
  private static Stream<Call> calls(Caller pod, DeclaredPort older, DeclaredPort younger) {
    Set<String> homes = Set.of(pod.namespace());
    boolean own =
        homes.contains(older.service().namespace())
            || homes.contains(younger.service().namespace());
    return Stream.of(older, younger)
        .filter(one -> !own || homes.contains(one.service().namespace()))
        .flatMap(one -> one.call(pod).stream());
  }

  private static Finding finding(DeclaredPort older, DeclaredPort younger) {
    List<Integer> numbers = younger.service().ports().stream().map(ServicePort::number).toList();
    String path = "spec.ports[" + numbers.indexOf(younger.port().number()) + "]";
    return Manifest.finding(
            younger.service().source(),
            ProtocolCode.PROTOCOLS_DIFFER,
            younger.port().protocol() == Protocol.UNSUPPORTED ? path : path + ".protocol",
            younger.service().source().key(),
            younger.port().number(),
            younger.service().hostname(),
            younger.words(),
            older.service().source().key(),
            older.words())
        .related(List.of(Manifest.subject(older.service().source().key())));
  }
}
