package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.Port;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import io.github.istioegress.trace.registry.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR106: a server's port is no port of a Service before the gateway's pods. */
final class GatewayUnreachablePortAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<Workload, List<RegistryService>> services = new HashMap<>();
    for (Manifest<Gateway> gateway : context.gateways()) {
      List<RegistryService> before =
          context.model().podsOf(gateway.key()).stream()
              .flatMap(pod -> services.computeIfAbsent(pod, p -> shown(context, p)).stream())
              .distinct()
              .toList();
      if (before.isEmpty()) {
        continue;
      }
      TreeSet<Integer> ports = new TreeSet<>();
      for (RegistryService service : before) {
        for (ServicePort port : service.ports()) {
          ports.add(port.number());
          ports.add(port.targetPort());
        }
      }
      for (int i = 0; i < gateway.spec().getServers().size(); i++) {
        Port port = gateway.spec().getServers().get(i).getPort();
        int number = port == null ? 0 : Metadata.number(port.getNumber());
        if (number != 0 && !ports.contains(number)) {
          out.accept(
              gateway
                  .finding(
                      ReferenceCode.PORT_OF_NO_SERVICE,
                      "spec.servers[" + i + "].port.number",
                      gateway.key(),
                      number,
                      before.get(0).source().key(),
                      before.get(0).ports().stream().map(ServicePort::number).toList())
                  .related(List.of(Manifest.subject(before.get(0).source().key()))));
        }
      }
    }
  }

  private static List<RegistryService> shown(AnalysisContext context, Workload pod) {
    List<RegistryService> all = context.model().registry().servicesOf(pod);
    return all.stream().anyMatch(one -> context.knows().isAssumed(one.hostname()))
        ? List.of()
        : all;
  }
}
