package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.CallingProxy;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR311: sidecars have a route to the gateway's Service, and not the Service itself. A Sidecar
 * need not import it, for the route brings it in; an exportTo of the Service keeps it away.
 */
final class VirtualServiceUnseenServiceAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Leg leg : context.legs()) {
      if (leg.isOfMesh()) {
        context.traffic().by(leg).stream()
            .filter(call -> call.trace().outcome() == Outcome.BLOCKED && !call.reachesGateway())
            .findFirst()
            .flatMap(
                call ->
                    context.proxiesOf(leg).stream()
                        .filter(proxy -> proxy.caller().isPresent())
                        .flatMap(proxy -> finding(context, leg, proxy).stream())
                        .findFirst()
                        .map(finding -> finding.tracedAs(call.line())))
            .ifPresent(out);
      }
    }
  }

  private static Optional<Finding> finding(AnalysisContext context, Leg leg, CallingProxy proxy) {
    for (Leg.Target target : leg.targets()) {
      Optional<RegistryService> service = context.model().registry().kubernetes(target.host());
      if (service.isPresent() && proxy.scope().service(target.host()).isEmpty()) {
        String namespace = proxy.scope().namespace();
        boolean exported = context.model().registry().isVisible(service.get(), namespace);
        return Optional.of(
            leg.finding(
                RoutingCode.GATEWAY_NOT_IMPORTED,
                target.path() + ".host",
                leg.resource().key(),
                proxy.name(),
                target.host(),
                namespace,
                exported
                    ? "import %s/* in its Sidecar".formatted(service.get().namespace())
                    : "add it to the Service's annotation networking.istio.io/exportTo"));
      }
    }
    return Optional.empty();
  }
}
