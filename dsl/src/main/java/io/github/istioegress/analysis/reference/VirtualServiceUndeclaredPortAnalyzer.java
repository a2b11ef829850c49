package io.github.istioegress.analysis.reference;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.CallingProxy;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR108: a route leads to a port that the host does not declare, as the proxy sees it. */
final class VirtualServiceUndeclaredPortAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Leg leg : context.legs()) {
      List<CallingProxy> proxies = context.proxiesOf(leg);
      for (Leg.Target target : leg.targets()) {
        if (target.port() == 0 || context.model().registry().isUnordered(target.host())) {
          continue;
        }
        List<RegistryService> seen = new ArrayList<>();
        proxies.forEach(proxy -> proxy.scope().service(target.host()).ifPresent(seen::add));
        if (proxies.isEmpty()) {
          // Nobody is known who has the route; then one entry that has the port will do.
          seen.addAll(context.model().registry().byNamespace(target.host()).values());
        }
        boolean has = seen.stream().anyMatch(service -> service.port(target.port()).isPresent());
        boolean lacks = seen.stream().anyMatch(service -> service.port(target.port()).isEmpty());
        if (lacks && !(proxies.isEmpty() && has)) {
          TreeSet<Integer> ports = new TreeSet<>();
          seen.stream()
              .filter(service -> service.port(target.port()).isEmpty())
              .flatMap(service -> service.ports().stream())
              .map(ServicePort::number)
              .forEach(ports::add);
          out.accept(
              leg.finding(
                      ReferenceCode.PORT_NOT_DECLARED,
                      target.path() + ".port",
                      leg.resource().key(),
                      target.port(),
                      target.host(),
                      ports.isEmpty()
                          ? "no port"
                          : "only " + ports.toString().replaceAll("[\\[\\]]", ""))
                  .tracedAs(target.mirror() ? "" : context.failing(leg)));
        }
      }
    }
  }
}
