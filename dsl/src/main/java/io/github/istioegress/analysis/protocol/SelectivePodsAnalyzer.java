package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.reach.ReachDestination;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Told;
import io.github.istioegress.trace.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * EGR223: a DestinationRule begins TLS for the pods that it selects, and others, of which the
 * manifests show some, send plain text to the same port.
 */
final class SelectivePodsAnalyzer implements Analyzer {

  private static final int MOST_CALLERS = 5;

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    List<ClientTls> selective =
        ClientTls.of(context).stream()
            .filter(tls -> tls.isSelective() && tls.originates())
            .toList();
    if (selective.isEmpty()) {
      return;
    }
    Map<String, List<ReachCaller>> byNamespace = new HashMap<>();
    List<ReachCaller> some = new ArrayList<>();
    for (ReachCaller row : context.callers()) {
      // Of a namespace that shows no workload nobody knows whether it has others.
      if (row.proxy() == ReachCaller.Proxy.SIDECAR && row.workload().isPresent()) {
        List<ReachCaller> there =
            byNamespace.computeIfAbsent(row.pod().namespace(), name -> new ArrayList<>());
        if (there.isEmpty() && some.size() < MOST_CALLERS) {
          some.add(row);
        }
        there.add(row);
      }
    }
    Map<String, List<ReachDestination>> byHost = new HashMap<>();
    for (ReachDestination destination : context.destinations()) {
      if (destination.call().scheme() == Call.Scheme.HTTP) {
        byHost.computeIfAbsent(destination.host(), host -> new ArrayList<>()).add(destination);
      }
    }
    for (ClientTls tls : selective) {
      List<ReachDestination> called = byHost.getOrDefault(tls.host(), List.of());
      Stream.concat(
              byNamespace.getOrDefault(tls.rule().namespace(), List.of()).stream(), some.stream())
          .filter(row -> !selects(tls, row.pod()))
          .flatMap(row -> finding(context, tls, row, called).stream())
          .findFirst()
          .ifPresent(out);
    }
  }

  private static boolean selects(ClientTls tls, Caller pod) {
    Map<String, String> none = Map.of();
    return pod.namespace().equals(tls.rule().namespace())
        && pod.labels()
            .entrySet()
            .containsAll(
                Objects.requireNonNullElse(
                        tls.rule().spec().getWorkloadSelector().getMatchLabels(), none)
                    .entrySet());
  }

  private static Optional<Finding> finding(
      AnalysisContext context, ClientTls tls, ReachCaller row, List<ReachDestination> called) {
    for (ReachDestination destination : called) {
      if (tls.port() != 0 && tls.port() != destination.call().port()) {
        continue;
      }
      Trace trace = context.trace(destination.from(row.pod()));
      if (Told.of(trace).stream().anyMatch(told -> isPlain(told, tls.host()))) {
        return Optional.of(
            tls.rule()
                .finding(
                    ProtocolCode.TLS_FOR_SOME_PODS,
                    "spec.workloadSelector",
                    tls.rule().key(),
                    destination.call().port(),
                    tls.host(),
                    row.name())
                .tracedAs(AnalysisContext.shortly(trace)));
      }
    }
    return Optional.empty();
  }

  private static boolean isPlain(Told told, String host) {
    int size = told.branch().hops().size();
    return told.branch().outcome() == Outcome.EXTERNAL
        && size > 0
        && told.branch().hops().get(size - 1).host().equals(host)
        && told.carried().get(size).layers().isEmpty();
  }
}
