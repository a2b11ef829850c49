package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.CallingProxy;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** EGR309: a gateway is to send on to a host whose ServiceEntry is not exported to it. */
final class ServiceEntryHiddenFromGatewayAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    List<String> defaultExport = context.model().config().exportDefaults().services();
    for (Leg leg : context.legs()) {
      if (!leg.isOfGateway()) {
        continue;
      }
      for (CallingProxy proxy : context.proxiesOf(leg)) {
        for (Leg.Target target : leg.targets()) {
          if (proxy.gateway().isEmpty() || proxy.scope().service(target.host()).isPresent()) {
            continue;
          }
          List<Followed> calls = context.traffic().by(leg);
          entry(context, leg, target.host())
              .filter(entry -> calls.isEmpty() || calls.stream().anyMatch(this::fails))
              .ifPresent(
                  entry ->
                      out.accept(
                          Manifest.finding(
                                  entry.source(),
                                  RoutingCode.ENTRY_HIDDEN_FROM_GATEWAY,
                                  "spec.exportTo",
                                  entry.source().key(),
                                  target.host(),
                                  VirtualServiceHiddenFromGatewayAnalyzer.words(
                                      ExportTo.effective(entry.exportTo(), defaultExport),
                                      entry.namespace()),
                                  proxy.name(),
                                  leg.resource().key(),
                                  proxy.scope().namespace())
                              .related(List.of(Manifest.subject(leg.resource().key())))
                              .tracedAs(
                                  calls.stream()
                                      .filter(this::fails)
                                      .findFirst()
                                      .map(Followed::line)
                                      .orElse(""))));
        }
      }
    }
  }

  private boolean fails(Followed call) {
    return !call.trace().outcome().leaves();
  }

  /** The entry that is meant: that of the route's namespace, else the oldest. */
  private static Optional<RegistryService> entry(AnalysisContext context, Leg leg, String host) {
    var entries = context.model().registry().byNamespace(host);
    return Optional.ofNullable(entries.get(leg.rule().namespace()))
        .or(() -> entries.values().stream().findFirst())
        .filter(service -> !service.kubernetes());
  }
}
