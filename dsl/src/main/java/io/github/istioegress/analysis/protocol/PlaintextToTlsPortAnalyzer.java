package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR204: plain HTTP leaves to a port where servers speak TLS, because no DestinationRule that the
 * last proxy sees begins it. Where a rule begins it for some pods, EGR223 says so.
 */
final class PlaintextToTlsPortAnalyzer implements Analyzer {

  private static final int HTTPS = 443;

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<ResourceKey, List<ClientTls>> byRule = ClientTls.byRule(context);
    Set<String> forSomePods = new HashSet<>();
    byRule.values().stream()
        .flatMap(List::stream)
        .filter(tls -> tls.isSelective() && tls.originates())
        .forEach(tls -> forSomePods.add(tls.host()));
    Map<String, Leg> legs = new HashMap<>();
    context.legs().forEach(leg -> legs.put(leg.resource().key() + " " + leg.path(), leg));
    for (Journey journey : Journey.of(context)) {
      Optional<Hop> last = journey.last();
      boolean plain =
          journey.branch().outcome() == Outcome.EXTERNAL
              && journey.call().scheme() == Call.Scheme.HTTP
              && journey.onTheWire().layers().isEmpty();
      if (!plain || last.isEmpty() || forSomePods.contains(last.get().host())) {
        continue;
      }
      Hop hop = last.get();
      RegistryService service =
          context.model().registry().byNamespace(hop.host()).values().stream()
              .filter(one -> one.port(hop.port()).isPresent())
              .findFirst()
              .orElse(null);
      if (service == null) {
        continue;
      }
      ServicePort port = service.port(hop.port()).orElseThrow();
      if (port.protocol().isTls() || port.targetPort() == HTTPS) {
        PlaintextFinding.droppedIn(hop, byRule)
            .or(() -> PlaintextFinding.routed(hop, legs, port))
            .or(() -> PlaintextFinding.declared(service, hop, port))
            .map(finding -> finding.tracedAs(journey.line()))
            .ifPresent(out);
      }
    }
  }
}
