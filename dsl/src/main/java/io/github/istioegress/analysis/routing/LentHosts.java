package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Outside hosts that one namespace exports to another by name. */
final class LentHosts {

  private LentHosts() {}

  /** They by the namespace that gets them; a gateway's gets them for the gateway's sake. */
  static Map<String, List<RegistryService>> byNamespace(AnalysisContext context) {
    Map<String, List<RegistryService>> lent = new HashMap<>();
    for (RegistryService service : context.model().registry().all()) {
      if (!service.kubernetes()) {
        service.exportTo().stream()
            .filter(to -> !to.equals("*") && !to.equals(".") && !to.equals(service.namespace()))
            .forEach(to -> lent.computeIfAbsent(to, n -> new ArrayList<>()).add(service));
      }
    }
    context
        .model()
        .tracer()
        .gatewayPorts()
        .forEach(port -> lent.remove(port.gateway().replaceAll("/.*", "")));
    lent.remove(context.model().config().rootNamespace());
    return lent;
  }
}
