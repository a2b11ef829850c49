package io.github.istioegress.analysis.host;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.Port;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.HostCode;
import io.github.istioegress.trace.registry.Metadata;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** EGR606: a port that there is not, or that the proxy has for itself. */
final class PortRangeAnalyzer implements Analyzer {

  private static final int HIGHEST = 65535;

  private static final Map<Integer, String> OF_PROXY =
      Map.of(
          15000, "its administration",
          15001, "the calls of its pod",
          15004, "its debug interface",
          15006, "the calls to its pod",
          15008, "tunnels of the mesh",
          15020, "its metrics",
          15021, "its health check",
          15053, "the look-ups of its pod",
          15090, "its own metrics");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Manifest<ServiceEntry> entry : context.serviceEntries()) {
      List<ServicePort> ports = entry.spec().getPorts();
      for (int i = 0; i < ports.size(); i++) {
        String path = "spec.ports[" + i + "]";
        judge(entry, path + ".number", ports.get(i).getNumber(), true, out);
        judge(entry, path + ".targetPort", ports.get(i).getTargetPort(), false, out);
      }
    }
    for (Manifest<Gateway> gateway : context.gateways()) {
      for (int i = 0; i < gateway.spec().getServers().size(); i++) {
        Port port = gateway.spec().getServers().get(i).getPort();
        if (port != null) {
          judge(gateway, "spec.servers[" + i + "].port.number", port.getNumber(), true, out);
        }
      }
    }
  }

  private static void judge(
      Manifest<?> manifest,
      String path,
      @org.jspecify.annotations.Nullable Long said,
      boolean heard,
      Consumer<Finding> out) {
    int number = Metadata.number(said);
    if (said == null || (number == 0 && !heard)) {
      return;
    }
    if (number < 1 || number > HIGHEST) {
      out.accept(finding(manifest, path, number, "is none: ports are 1 to 65535"));
    } else if (heard && OF_PROXY.containsKey(number)) {
      out.accept(
          finding(
              manifest,
              path,
              number,
              "is one that the proxy has for %s: no call comes there as it was meant"
                  .formatted(OF_PROXY.get(number))));
    }
  }

  private static Finding finding(Manifest<?> manifest, String path, int number, String why) {
    return manifest.finding(HostCode.PORT_OF_PROXY, path, manifest.key(), number, why);
  }
}
